"""tillstorm in pytest: the plugin that collects scenarios and gives fixtures. Nothing here is imported by hand."""
