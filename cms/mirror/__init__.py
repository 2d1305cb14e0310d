"""The whole public site written as files that any web server can serve."""
