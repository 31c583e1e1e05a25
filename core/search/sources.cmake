set(search_SOURCES formula.cpp neighbors.cpp)
