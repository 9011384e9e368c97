"""Photos, scans, PDFs and recordings from outside: looked at in a child process, made anew without what they carry."""
