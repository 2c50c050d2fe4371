"""What secretary, approver and registrar share: the page that shows a notice as on paper, with its directives."""
