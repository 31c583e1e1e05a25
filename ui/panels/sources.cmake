set(panels_SOURCES )
