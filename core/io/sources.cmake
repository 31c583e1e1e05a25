set(io_SOURCES )
