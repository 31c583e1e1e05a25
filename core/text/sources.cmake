set(text_SOURCES )
