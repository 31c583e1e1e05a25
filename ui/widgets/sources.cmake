set(widgets_SOURCES
  chip.cpp drop_overlay.cpp fold_section.cpp fonts.cpp form_row.cpp help_text.cpp icon_glyphs.cpp icons.cpp message_bar.cpp
  mnemonic.cpp overflow_bar.cpp recent_row.cpp section_caption.cpp segmented_control.cpp start_page.cpp style.cpp style_paint.cpp
  style_primitives.cpp style_scroll_bar.cpp theme.cpp toggle_switch.cpp)
