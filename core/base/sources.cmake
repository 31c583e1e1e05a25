set(base_SOURCES error.cpp parallel.cpp random.cpp strings.cpp)
