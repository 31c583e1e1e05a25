set(dialogs_SOURCES )
