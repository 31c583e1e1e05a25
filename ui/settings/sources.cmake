set(settings_SOURCES )
