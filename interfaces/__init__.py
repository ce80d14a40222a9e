"""What people touch: the command line, the site, exports, alerts. Does not: decide anything that is stored."""
