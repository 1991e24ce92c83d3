"""Ground floor: what a report is, where it is kept, and the words it is described with."""
