set(actions_SOURCES )
