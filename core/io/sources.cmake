set(io_SOURCES run_directory.cpp)
