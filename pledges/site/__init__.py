"""What readers see of pledges on the public site."""
