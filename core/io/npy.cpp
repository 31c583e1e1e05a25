// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/npy.h"

#include "core/io/python_literal.h"

#include <algorithm>
#include <utility>

namespace embedscope {

namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kAlignment = 64;
// What numpy itself reads without being told that the file is trusted.
constexpr std::size_t kLongestHeader = 10000;

struct HeaderText
{
    std::string_view text;
    std::size_t dataOffset = 0;
};

tl::unexpected<Error> damagedHeader(const std::string& place, const std::string& what)
{
    return fail(ErrorCode::FileDamaged, {place, "the .npy header", what});
}

tl::unexpected<Error> refusedType(const std::string& place, const std::string& what, const std::string& why)
{
    return fail(ErrorCode::FormatRefused, {place, what, why, "Save it from Python as float32."});
}

/// Finds the dictionary between the magic string and the data.
Result<HeaderText> headerText(std::string_view bytes, const std::string& place)
{
    if (bytes.size() < 10)
        return damagedHeader(place, "it is cut off");
    const auto at = [&bytes](std::size_t i) { return std::size_t{static_cast<unsigned char>(bytes[i])}; };
    const std::size_t version = at(6);
    if (version < 1 || version > 3)
        return damagedHeader(place, "its version is " + std::to_string(version) + ", where 1 to 3 are known");
    const std::size_t begin = version == 1 ? 10 : 12;
    if (bytes.size() < begin)
        return damagedHeader(place, "it is cut off");
    std::size_t length = at(8) | at(9) << 8U;
    if (version > 1)
        length |= at(10) << 16U | at(11) << 24U;
    if (length > kLongestHeader)
        return damagedHeader(place, "it claims a length of " + std::to_string(length) + " bytes");
    if (length > bytes.size() - begin)
        return damagedHeader(place, "it is cut off");
    return HeaderText{bytes.substr(begin, length), begin + length};
}

/// "<f4" and the like.
Result<ElementLayout> elementLayout(const std::string& descr, const std::string& place)
{
    std::string_view code = descr;
    bool bigEndian = false;
    if (!code.empty() && std::string_view("<>=|").find(code.front()) != std::string_view::npos) {
        bigEndian = code.front() == '>';
        code.remove_prefix(1);
    }
    if (const auto type = elementFromNumpyCode(code))
        return ElementLayout{*type, bigEndian};
    if (code.starts_with('O'))
        return refusedType(place, "an array of Python objects (dtype object)",
                           "it is a pickle, which can run code when it is opened");
    return refusedType(place, "an array of dtype " + descr, "it does not hold plain numbers");
}

/// The keys of the dictionary, each exactly once and in any order.
class HeaderParser
{
public:
    HeaderParser(std::string_view text, const std::string& place)
        : m_literal(text)
        , m_place(place)
    {
    }

    Result<NpyDescription> parse()
    {
        if (!m_literal.take('{'))
            return malformed();
        while (!m_literal.take('}')) {
            if (const auto entry = parseEntry(); !entry)
                return fail(entry.error());
            if (!m_literal.take(',') && !m_literal.nextIs('}'))
                return malformed();
        }
        if (!m_literal.atEnd() || !m_hasType || !m_hasOrder || !m_hasShape)
            return malformed();
        return std::move(m_header);
    }

private:
    [[nodiscard]] tl::unexpected<Error> malformed() const
    {
        return damagedHeader(m_place, "it is not a dictionary of descr, fortran_order and shape");
    }

    Result<void> parseEntry()
    {
        const auto key = m_literal.string();
        if (!key || !m_literal.take(':'))
            return malformed();
        if (*key == "descr" && !std::exchange(m_hasType, true))
            return parseType();
        if (*key == "fortran_order" && !std::exchange(m_hasOrder, true))
            return parseOrder();
        if (*key == "shape" && !std::exchange(m_hasShape, true))
            return parseShape();
        return malformed();
    }

    Result<void> parseType()
    {
        if (m_literal.nextIs('['))
            return refusedType(m_place, "an array of records", "its columns have types of their own");
        auto descr = m_literal.string();
        if (!descr)
            return malformed();
        m_header.descr = std::move(*descr);
        return {};
    }

    Result<void> parseOrder()
    {
        const auto order = m_literal.boolean();
        if (!order)
            return malformed();
        m_header.fortranOrder = *order;
        return {};
    }

    Result<void> parseShape()
    {
        auto shape = m_literal.tuple();
        if (!shape)
            return malformed();
        m_header.shape = std::move(*shape);
        return {};
    }

    PythonLiteral m_literal;
    const std::string& m_place;
    NpyDescription m_header;
    bool m_hasType = false;
    bool m_hasOrder = false;
    bool m_hasShape = false;
};

/// Rows of the first dimension that fit into `available` bytes.
std::size_t rowsIn(const NpyHeader& header, std::size_t available)
{
    if (header.shape.empty())
        return 0;
    std::vector<Index> rowShape(header.shape.begin() + 1, header.shape.end());
    const auto rowElements = elementCount(rowShape);
    if (!rowElements || *rowElements == 0)
        return 0;
    return available / elementSize(header.layout.type) / *rowElements;
}

Result<void> checkExtent(const NpyHeader& header, std::size_t available, const std::string& place)
{
    const auto count = elementCount(header.shape);
    if (!count || *count > available / elementSize(header.layout.type)) {
        const Index announced = header.shape.empty() ? 1 : header.shape.front();
        return fail(ErrorCode::FileTruncated,
                    {place, std::to_string(rowsIn(header, available)), std::to_string(announced)});
    }
    const std::size_t needed = *count * elementSize(header.layout.type);
    if (needed < available)
        return fail(ErrorCode::FileDamaged, {place, "byte " + std::to_string(header.dataOffset + needed),
                                             std::to_string(available - needed) + " bytes follow the array of shape " +
                                                 shapeText(header.shape)});
    return {};
}

/// Rearranges values whose first index runs fastest into C order, element by element.
std::string toCOrder(std::string_view bytes, const std::vector<Index>& shape, std::size_t elementBytes)
{
    std::string out(bytes.size(), '\0');
    std::vector<Index> index(shape.size(), 0);
    std::vector<std::size_t> stride(shape.size(), elementBytes);
    for (std::size_t d = 1; d < shape.size(); ++d)
        stride[d] = stride[d - 1] * static_cast<std::size_t>(shape[d - 1]);
    std::size_t source = 0;
    for (std::size_t target = 0; target < out.size(); target += elementBytes) {
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(source), elementBytes,
                    out.begin() + static_cast<std::ptrdiff_t>(target));
        for (std::size_t d = shape.size(); d-- > 0;) {
            source += stride[d];
            if (++index[d] < shape[d])
                break;
            source -= stride[d] * static_cast<std::size_t>(std::exchange(index[d], 0));
        }
    }
    return out;
}

} // namespace

bool startsAsNpy(std::string_view bytes)
{
    return bytes.starts_with(kMagic);
}

Result<NpyDescription> readNpyDescription(std::string_view start, const std::string& place)
{
    if (!startsAsNpy(start))
        return damagedHeader(place, "it does not begin as numpy writes it");
    const auto text = headerText(start, place);
    if (!text)
        return fail(text.error());
    auto description = HeaderParser(text->text, place).parse();
    if (description)
        description->dataOffset = text->dataOffset;
    return description;
}

Result<NpyHeader> readNpyHeader(std::string_view bytes, const std::string& place)
{
    auto description = readNpyDescription(bytes, place);
    if (!description)
        return fail(description.error());
    const auto layout = elementLayout(description->descr, place);
    if (!layout)
        return fail(layout.error());
    NpyHeader header{*layout, description->fortranOrder, std::move(description->shape), description->dataOffset};
    if (const auto extent = checkExtent(header, bytes.size() - header.dataOffset, place); !extent)
        return fail(extent.error());
    return header;
}

Result<NpyHeader> readNpyTableHeader(std::string_view bytes, const std::string& place)
{
    auto header = readNpyHeader(bytes, place);
    if (!header)
        return header;
    if (header->shape.size() != 2)
        return fail(ErrorCode::FormatRefused, {place, "an array of shape " + shapeText(header->shape),
                                               "a table has rows and columns", "Save an array of shape (rows, dim)."});
    if (header->shape[0] == 0 || header->shape[1] == 0)
        return fail(ErrorCode::FileEmpty, {place});
    return header;
}

Result<Tensor> readNpyTensor(std::string_view bytes, const std::string& place)
{
    auto header = readNpyHeader(bytes, place);
    if (!header)
        return fail(header.error());
    const std::string_view data = bytes.substr(header->dataOffset);
    if (!header->fortranOrder || header->shape.size() < 2)
        return makeTensor(data, header->layout, std::move(header->shape), place);
    const std::string ordered = toCOrder(data, header->shape, elementSize(header->layout.type));
    return makeTensor(ordered, header->layout, std::move(header->shape), place);
}

std::string npyHeaderFor(const TensorView& view)
{
    std::string descr(1, elementSize(view.type) == 1 ? '|' : '<');
    descr.append(numpyCode(view.type));
    return npyHeaderFor(descr, view.shape);
}

std::string npyHeaderFor(const std::string& descr, const std::vector<Index>& shape)
{
    std::string text = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shapeText(shape) + ", }";
    const std::size_t before = kMagic.size() + 4;
    const std::size_t total = (before + text.size() + 1 + kAlignment - 1) / kAlignment * kAlignment;
    text.resize(total - before - 1, ' ');
    text += '\n';
    const auto low = static_cast<char>(static_cast<unsigned char>(text.size() & 0xFFU));
    const auto high = static_cast<char>(static_cast<unsigned char>(text.size() >> 8U));
    return std::string(kMagic) + '\x01' + '\0' + low + high + text;
}

} // namespace embedscope
