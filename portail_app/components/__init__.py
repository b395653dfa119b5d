"""The pieces that pages are composed of: semantic HTML, styled by `assets/styles`."""
