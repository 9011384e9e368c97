"""Cases: the list, the page of one case, and opening a new one."""
