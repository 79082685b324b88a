"""What `depot_year.py` needs beside the story: who and what there is, the auditor's sums, the pages."""
