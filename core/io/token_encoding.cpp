// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/token_encoding.h"

#include <iconv.h>

#include <optional>
#include <string_view>

namespace embedscope {

namespace {

// No encoding in use takes more bytes of UTF-8 for a byte of its own.
constexpr std::size_t kMostGrowth = 4;

class Decoder
{
public:
    explicit Decoder(const std::string& encoding)
        : m_handle(::iconv_open("UTF-8", encoding.c_str()))
    {
    }
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;
    ~Decoder()
    {
        if (known())
            ::iconv_close(m_handle);
    }

    [[nodiscard]] bool known() const
    {
        // What iconv_open() answers where it fails, in the words of POSIX: (iconv_t)-1.
        return reinterpret_cast<std::intptr_t>(m_handle) != -1;
    }

    /// nullopt where the bytes are none of this encoding, or end within a character.
    std::optional<std::string_view> decode(std::string_view token)
    {
        m_out.resize(token.size() * kMostGrowth + kMostGrowth);
        char* in = const_cast<char*>(token.data()); // never written to
        std::size_t inLeft = token.size();
        char* out = m_out.data();
        std::size_t outLeft = m_out.size();
        ::iconv(m_handle, nullptr, nullptr, nullptr, nullptr);
        constexpr auto kFailed = static_cast<std::size_t>(-1);
        if (::iconv(m_handle, &in, &inLeft, &out, &outLeft) == kFailed ||
            ::iconv(m_handle, nullptr, nullptr, &out, &outLeft) == kFailed)
            return std::nullopt;
        return std::string_view(m_out).substr(0, m_out.size() - outLeft);
    }

private:
    iconv_t m_handle;
    std::string m_out;
};

} // namespace

Result<DecodedTokens> decodeTokens(const Vocabulary& vocabulary, const std::string& encoding,
                                   const std::stop_token& stop)
{
    Decoder decoder(encoding);
    if (!decoder.known())
        return fail(ErrorCode::ValueRefused,
                    {"The encoding of the tokens", encoding, "no encoding has this name; try UTF-8 or ISO-8859-1"});
    DecodedTokens out;
    out.vocabulary.reserve(vocabulary.size(), 0);
    for (Index row = 0; row < vocabulary.size(); ++row) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        const auto text = decoder.decode(vocabulary[row]);
        out.undecodable += text ? 0 : 1;
        out.vocabulary.add(text.value_or(vocabulary[row]));
    }
    return out;
}

} // namespace embedscope
