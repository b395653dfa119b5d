"""What a browser in bad hands can do: nothing."""
