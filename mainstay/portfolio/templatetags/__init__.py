"""What the register's templates can say beyond the components of every page."""
