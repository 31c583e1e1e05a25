set(window_SOURCES )
