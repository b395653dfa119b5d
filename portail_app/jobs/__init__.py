"""What is done later, by a worker: at least once, so that doing it twice does no harm."""
