"""The commands of `bacajuga`: one file each, which asks the machine and shows what it said."""
