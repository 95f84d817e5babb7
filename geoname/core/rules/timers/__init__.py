"""Applications, approvals, filing and announcement, and their days (程序与时限)."""
