// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/recurrent_cell.h"

namespace embedscope::detail {

namespace {

void toSigmoid(Numbers x)
{
    x = x.logistic();
}

void toTanh(Numbers x)
{
    x = x.tanh();
}

} // namespace

void LstmCell::forward(const CellForward<LstmCell>& x)
{
    Numbers i(x.slots[0], x.size);
    Numbers f(x.slots[1], x.size);
    Numbers g(x.slots[2], x.size);
    Numbers o(x.slots[3], x.size);
    Numbers c(x.state, x.size);
    Numbers tanhC(x.tanhState, x.size);
    toSigmoid(i);
    toSigmoid(f);
    toTanh(g);
    toSigmoid(o);
    if (x.previousState != nullptr)
        c = f * ConstNumbers(x.previousState, x.size) + i * g;
    else
        c = i * g;
    tanhC = c.tanh();
    Numbers(x.hidden, x.size) = o * tanhC;
}

void LstmCell::backward(const CellBackward<LstmCell>& x)
{
    float* __restrict const i = x.slots[0];
    float* __restrict const f = x.slots[1];
    float* __restrict const g = x.slots[2];
    float* __restrict const o = x.slots[3];
    for (Index k = 0; k < x.size; ++k) {
        const float before = x.previousState != nullptr ? x.previousState[k] : 0.0F;
        const float dh = x.hiddenGrad[k];
        const float dc = x.stateGrad[k] + dh * o[k] * (1 - x.tanhState[k] * x.tanhState[k]);
        x.stateGrad[k] = dc * f[k];
        x.hiddenGrad[k] = 0;
        const float di = dc * g[k] * i[k] * (1 - i[k]);
        g[k] = dc * i[k] * (1 - g[k] * g[k]);
        i[k] = di;
        f[k] = dc * before * f[k] * (1 - f[k]);
        o[k] = dh * x.tanhState[k] * o[k] * (1 - o[k]);
    }
}

void GruCell::forward(const CellForward<GruCell>& x)
{
    Numbers n(x.slots[0], x.size);
    Numbers r(x.slots[1], x.size);
    Numbers z(x.slots[2], x.size);
    const ConstNumbers fromHidden(x.slots[3], x.size);
    Numbers h(x.hidden, x.size);
    toSigmoid(r);
    toSigmoid(z);
    n = (n + r * fromHidden).tanh();
    if (x.previousHidden != nullptr)
        h = (ConstNumbers(x.previousHidden, x.size) - n) * z + n;
    else
        h = n - n * z;
}

void GruCell::backward(const CellBackward<GruCell>& x)
{
    float* __restrict const n = x.slots[0];
    float* __restrict const r = x.slots[1];
    float* __restrict const z = x.slots[2];
    float* __restrict const fromHidden = x.slots[3];
    for (Index k = 0; k < x.size; ++k) {
        const float before = x.previousHidden != nullptr ? x.previousHidden[k] : 0.0F;
        const float dh = x.hiddenGrad[k];
        x.hiddenGrad[k] = dh * z[k];
        const float dn = dh * (1 - z[k]) * (1 - n[k] * n[k]);
        z[k] = dh * (before - n[k]) * z[k] * (1 - z[k]);
        const float dr = dn * fromHidden[k] * r[k] * (1 - r[k]);
        fromHidden[k] = dn * r[k];
        n[k] = dn;
        r[k] = dr;
    }
}

} // namespace embedscope::detail
