"""What only the demonstration needs: a municipality's own web page, and the processes that run it all."""
