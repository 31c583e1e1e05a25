set(bridge_SOURCES qt_text.cpp parameter_text.cpp)
