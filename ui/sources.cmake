set(window_SOURCES main_window.cpp main_window_actions.cpp main_window_session.cpp window_files.cpp window_map.cpp window_search.cpp window_selection.cpp window_figures.cpp)
