"""Pages and acts of the spine. A view gets its object from `cases.access`, makes one call, says so, redirects."""
