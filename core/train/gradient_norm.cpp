// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/gradient_norm.h"

#include <cmath>
#include <vector>

namespace embedscope {

double clipGradients(TextClassifier& model, double max_norm)
{
    std::vector<Matrix*> gradients;
    if (!model.embedding().frozen())
        gradients.push_back(&model.embeddingGrad().values);
    for (const NamedWeight& weight : model.weights())
        gradients.push_back(weight.grad);
    double squares = 0;
    for (const Matrix* gradient : gradients)
        squares += static_cast<double>(gradient->squaredNorm());
    const double norm = std::sqrt(squares);
    const auto factor = static_cast<float>(max_norm / (norm + 1e-6));
    if (factor < 1)
        for (Matrix* gradient : gradients)
            *gradient *= factor;
    return norm;
}

} // namespace embedscope
