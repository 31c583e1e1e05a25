set(window_SOURCES main_window.cpp main_window_actions.cpp window_files.cpp window_search.cpp)
