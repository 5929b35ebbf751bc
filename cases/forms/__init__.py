"""What people type: fields that read the short way of writing, and one module of forms for each kind of page."""
