"""What all pages share: layout, theme, languages, sign-in, security headers, error pages, health."""
