set(settings_SOURCES app_settings.cpp)
