// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/gzip.h"

#include "core/io/zip_reader.h"

#include <algorithm>
#include <zlib.h>

namespace embedscope {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 20U;
constexpr int kGzipOnly = 16; // added to the size of the window

/// zlib's inflate over bytes that lie in memory.
class Inflater
{
public:
    explicit Inflater(std::string_view bytes)
        : m_bytes(bytes)
    {
        m_ready = ::inflateInit2(&m_stream, MAX_WBITS + kGzipOnly) == Z_OK;
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { ::inflateEnd(&m_stream); }

    [[nodiscard]] bool ready() const { return m_ready; }
    [[nodiscard]] std::size_t consumed() const { return m_consumed; }
    /// True behind the last member; zeros that fill a block of a tape may follow.
    [[nodiscard]] bool atEnd() const
    {
        return m_memberEnded && m_bytes.find_first_not_of('\0', m_consumed) == std::string_view::npos;
    }

    /// Unpacks up to `size` bytes to `out`. How many it were: fewer at the end of a member only. Negative: damaged.
    std::ptrdiff_t next(char* out, std::size_t size)
    {
        if (m_memberEnded && ::inflateReset(&m_stream) != Z_OK)
            return -1;
        m_memberEnded = false;
        m_stream.next_out = reinterpret_cast<Bytef*>(out);
        m_stream.avail_out = static_cast<uInt>(size);
        while (m_stream.avail_out > 0 && !m_memberEnded) {
            const std::size_t piece = std::min(kPieceBytes, m_bytes.size() - m_consumed);
            // zlib never writes through next_in, which is not const for reasons of its age only.
            m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(m_bytes.data() + m_consumed));
            m_stream.avail_in = static_cast<uInt>(piece);
            const int status = ::inflate(&m_stream, Z_NO_FLUSH);
            m_consumed += piece - m_stream.avail_in;
            m_memberEnded = status == Z_STREAM_END;
            if (status != Z_OK && !m_memberEnded)
                return -1;
        }
        return static_cast<std::ptrdiff_t>(size - m_stream.avail_out);
    }

    [[nodiscard]] std::string problem() const
    {
        if (m_consumed == m_bytes.size())
            return "it is cut off";
        return m_stream.msg == nullptr ? "it is no gzip data" : m_stream.msg;
    }

private:
    std::string_view m_bytes;
    z_stream m_stream = {};
    std::size_t m_consumed = 0;
    bool m_ready = false;
    bool m_memberEnded = false;
};

} // namespace

bool startsAsGzip(std::string_view bytes)
{
    return bytes.starts_with("\x1f\x8b");
}

Result<std::string> gunzip(std::string_view bytes, std::size_t most, const std::string& place,
                           const std::stop_token& stop, Progress& progress)
{
    Inflater inflater(bytes);
    if (!inflater.ready())
        return fail(ErrorCode::Internal, {"zlib cannot be started"});
    progress.start(static_cast<std::int64_t>(bytes.size()));
    std::string out;
    while (!inflater.atEnd() && out.size() < most) {
        if (stop.stop_requested())
            return fail(ErrorCode::Cancelled);
        const std::size_t size = out.size();
        out.resize(size + std::min(kPieceBytes, most - size));
        const std::ptrdiff_t got = inflater.next(out.data() + size, out.size() - size);
        if (got < 0)
            return fail(ErrorCode::FileDamaged,
                        {place, "the gzip data at byte " + std::to_string(inflater.consumed()), inflater.problem()});
        out.resize(size + static_cast<std::size_t>(got));
        if (!mayUnpackTo(out.size(), bytes.size()))
            return fail(ErrorCode::FormatRefused,
                        {place, "a gzip archive",
                         "it unpacks to more than " + std::to_string(out.size() >> 20U) + " MB",
                         "Unpack it with gunzip first if you trust it."});
        progress.set(static_cast<std::int64_t>(inflater.consumed()));
    }
    return out;
}

} // namespace embedscope
