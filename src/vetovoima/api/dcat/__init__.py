"""The open data as a catalogue that other catalogues harvest: DCAT-AP 3 with the profile of avoindata.fi."""
