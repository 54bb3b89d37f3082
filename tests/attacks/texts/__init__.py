"""On what people wrote: read, cited, copied or shown to whom it is not for."""
