"""One file per outlet, and nothing else: data first, a method only where a page is odd."""
