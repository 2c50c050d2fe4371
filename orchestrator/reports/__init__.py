"""Quick reports (báo cáo nhanh): forms as data, periods with a cut-off, submissions, compiled reports."""
