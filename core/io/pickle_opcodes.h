// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace embedscope {

/// The instructions of Python's pickle protocols 2 to 5, under the names of its documentation.
enum class PickleOpcode : unsigned char {
    Mark = '(',
    Stop = '.',
    Pop = '0',
    PopMark = '1',
    Dup = '2',
    Proto = 0x80,
    Frame = 0x95,

    None = 'N',
    NewTrue = 0x88,
    NewFalse = 0x89,
    Int = 'I', // decimal text, which Python 2 writes for what needs more than 32 bits
    BinInt = 'J',
    BinInt1 = 'K',
    BinInt2 = 'M',
    Long1 = 0x8a,
    Long4 = 0x8b,
    BinFloat = 'G',
    BinString = 'T',
    ShortBinString = 'U',
    BinUnicode = 'X',
    ShortBinUnicode = 0x8c,
    BinUnicode8 = 0x8d,
    BinBytes = 'B',
    ShortBinBytes = 'C',
    BinBytes8 = 0x8e,

    EmptyTuple = ')',
    Tuple = 't',
    Tuple1 = 0x85,
    Tuple2 = 0x86,
    Tuple3 = 0x87,
    EmptyList = ']',
    List = 'l',
    Append = 'a',
    Appends = 'e',
    EmptyDict = '}',
    Dict = 'd',
    SetItem = 's',
    SetItems = 'u',
    EmptySet = 0x8f,
    AddItems = 0x90,
    FrozenSet = 0x91,

    BinPut = 'q',
    LongBinPut = 'r',
    Memoize = 0x94,
    BinGet = 'h',
    LongBinGet = 'j',

    Global = 'c',
    StackGlobal = 0x93,
    Reduce = 'R',
    Build = 'b',
    Inst = 'i',
    Obj = 'o',
    NewObj = 0x81,
    NewObjEx = 0x92,
    Ext1 = 0x82,
    Ext2 = 0x83,
    Ext4 = 0x84,
    PersId = 'P',
    BinPersId = 'Q',
};

} // namespace embedscope
