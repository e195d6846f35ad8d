"""The frame of the REST API: who asks, what may be sent, how lists are read, how no is said.

A room's `api` module makes `Routes` and tells each endpoint which verb it performs; `mainstay.config.api` puts
the rooms together. Endpoints call operations and queries, and hold no rule of their own.
"""
