// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/word_vector_options.h"

#include "core/base/strings.h"
#include "core/base/translate.h"

#include <algorithm>
#include <string>

namespace embedscope {

namespace {

constexpr ParamSpec kParameters[] = {
    {"dim", EMBEDSCOPE_TRANSLATE("Parameter", "Dimensions"),
     EMBEDSCOPE_TRANSLATE("Parameter", "dim: numbers in each word's vector.")},
    {"window", EMBEDSCOPE_TRANSLATE("Parameter", "Window"),
     EMBEDSCOPE_TRANSLATE("Parameter", "window: a word is trained on up to so many words to either side. Small windows "
                                       "bring words of the same kind together, large ones words of the same topic.")},
    {"negative", EMBEDSCOPE_TRANSLATE("Parameter", "Negative words"),
     EMBEDSCOPE_TRANSLATE("Parameter", "negative: random words that each pair is told apart from. Usual: 5-20 for "
                                       "small texts, 2-5 for large ones.")},
    {"min_count", EMBEDSCOPE_TRANSLATE("Parameter", "Rarest word"),
     EMBEDSCOPE_TRANSLATE("Parameter", "min_count: words that occur less often are left out of the text.")},
    {"epochs", EMBEDSCOPE_TRANSLATE("Parameter", "Epochs"),
     EMBEDSCOPE_TRANSLATE("Parameter", "epochs: how often the run goes through the text.")},
    {"sample", EMBEDSCOPE_TRANSLATE("Parameter", "Thinning of frequent words"),
     EMBEDSCOPE_TRANSLATE("Parameter", "sample: words that make up more of the text than this are skipped at random, "
                                       "the more the more frequent they are. 0 keeps all.")},
    {"alpha", EMBEDSCOPE_TRANSLATE("Parameter", "Learning rate"),
     EMBEDSCOPE_TRANSLATE("Parameter", "alpha: the size of the first steps; it falls linearly to the end of the run.")},
    {"min_alpha", EMBEDSCOPE_TRANSLATE("Parameter", "Last learning rate"),
     EMBEDSCOPE_TRANSLATE("Parameter", "min_alpha: the learning rate never falls below this.")},
    {"seed", EMBEDSCOPE_TRANSLATE("Parameter", "Seed"),
     EMBEDSCOPE_TRANSLATE("Parameter", "seed: the same seed, text and options give the same vectors, bit for bit.")},
    {"hogwild", EMBEDSCOPE_TRANSLATE("Parameter", "Without waiting (Hogwild)"),
     EMBEDSCOPE_TRANSLATE("Parameter", "hogwild: threads change the same vectors without waiting for each other, as "
                                       "word2vec does. No two runs give the same vectors.")},
    {"split", EMBEDSCOPE_TRANSLATE("Parameter", "Words are parted by"),
     EMBEDSCOPE_TRANSLATE("Parameter", "blanks: words stand between blanks, as they are. words: upper case becomes "
                                       "lower case, and signs are words of their own.")},
};

struct Bounds
{
    const char* name;
    std::int64_t value, low, high;
};

Result<void> checkBounds(const Bounds& b)
{
    if (b.value >= b.low && b.value <= b.high)
        return {};
    return fail(ErrorCode::ValueRefused,
                {b.name, std::to_string(b.value),
                 "it is a whole number from " + std::to_string(b.low) + " to " + std::to_string(b.high)});
}

tl::unexpected<Error> refused(const char* name, double value, const char* allowed)
{
    return fail(ErrorCode::ValueRefused, {name, formatNumber(value), allowed});
}

} // namespace

Result<void> check(const WordVectorOptions& options)
{
    constexpr std::int64_t kMany = 1'000'000'000;
    for (const Bounds& bounds :
         {Bounds{"dim", options.dim, 1, 10'000}, Bounds{"window", options.window, 1, 1'000},
          Bounds{"negative", options.negative, 1, 1'000}, Bounds{"min_count", options.min_count, 1, kMany},
          Bounds{"epochs", options.epochs, 1, 1'000'000}})
        if (auto fits = checkBounds(bounds); !fits)
            return fits;
    // Written so that NaN is refused as well.
    if (!(options.sample >= 0 && options.sample <= 1))
        return refused("sample", options.sample, "it is a share of the text, from 0 to 1");
    if (!(options.alpha > 0 && options.alpha <= 10))
        return refused("alpha", options.alpha, "it is above 0 and at most 10");
    if (!(options.min_alpha >= 0 && options.min_alpha <= options.alpha))
        return refused("min_alpha", options.min_alpha, "it is from 0 to alpha");
    return {};
}

float learningRate(const WordVectorOptions& options, std::int64_t done, std::int64_t total)
{
    // word2vec.c divides by one word more, so that the rate never reaches 0.
    const double left = 1 - static_cast<double>(done) / static_cast<double>(total + 1);
    return static_cast<float>(std::max(options.alpha * left, options.min_alpha));
}

std::span<const ParamSpec> wordVectorParameters()
{
    return kParameters;
}

const ParamSpec& wordVectorParameter(std::string_view name)
{
    for (const ParamSpec& parameter : kParameters)
        if (name == parameter.name)
            return parameter;
    return kParameters[0];
}

} // namespace embedscope
