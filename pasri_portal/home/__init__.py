"""What each role finds on its home page; `HOMES` in `pasri_portal.home.roles` says which function answers for which."""
