set(search_SOURCES )
