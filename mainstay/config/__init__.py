"""The assembly floor: settings, addresses and servers. It puts the rooms together and decides nothing."""
