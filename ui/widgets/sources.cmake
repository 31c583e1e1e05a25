set(widgets_SOURCES )
