set(actions_SOURCES
  action_registry.cpp command_delegate.cpp command_list.cpp command_model.cpp command_palette.cpp command_source.cpp
  fuzzy_match.cpp popup_frame.cpp recent_files.cpp search_field.cpp)
