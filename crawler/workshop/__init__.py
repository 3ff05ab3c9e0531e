"""Tools of somebody who adds or repairs outlets. No visit and no service needs them."""
