set(bridge_SOURCES qt_text.cpp parameter_text.cpp)
list(APPEND bridge_SOURCES load_report_text.cpp map_text.cpp preview_text.cpp)
