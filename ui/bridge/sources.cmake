set(bridge_SOURCES )
