"""What each municipality wants to become: its strategic emphasis, and the interviews it rests on."""
