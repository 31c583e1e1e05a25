// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/bridge/map_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace embedscope {

namespace {

/// Context of the texts of this file.
struct MapText
{
    Q_DECLARE_TR_FUNCTIONS(MapText)
};

QString number(double value)
{
    return QLocale().toString(value, 'g', QLocale::FloatingPointShortest);
}

QString count(Index value)
{
    return QLocale().toString(static_cast<qlonglong>(value));
}

QStringList tsneFacts(const TsneOptions& options)
{
    QStringList facts{MapText::tr("perplexity %1").arg(number(options.perplexity))};
    if (options.exaggeration != 1)
        facts << MapText::tr("late exaggeration %1").arg(number(options.exaggeration));
    if (options.supervision > 0)
        facts << MapText::tr("pulled together by labels %1").arg(number(options.supervision));
    return facts;
}

QStringList umapFacts(const UmapOptions& options)
{
    return {MapText::tr("%1 neighbours").arg(count(options.n_neighbors)),
            MapText::tr("min_dist %1").arg(number(options.min_dist))};
}

} // namespace

QString metricText(Metric metric)
{
    switch (metric) {
    case Metric::Cosine:
        return MapText::tr("cosine");
    case Metric::Dot:
        return MapText::tr("dot product");
    case Metric::Euclidean:
        break;
    }
    return MapText::tr("Euclidean");
}

QString methodText(MapMethod method)
{
    switch (method) {
    case MapMethod::Tsne:
        return QStringLiteral("t-SNE");
    case MapMethod::Umap:
        return QStringLiteral("UMAP");
    case MapMethod::Pca:
        break;
    }
    return QStringLiteral("PCA");
}

/// Rounded down: 0.9996 of the neighbours are not all of them.
QString neighboursText(bool exact, double recall)
{
    return exact ? MapText::tr("exact neighbours")
                 : MapText::tr("approximate neighbours, recall %1")
                       .arg(QLocale().toString(std::floor(recall * 1000) / 1000, 'f', 3));
}

QString stepText(MapMethod method, Index step, Index steps)
{
    if (step >= steps)
        return (method == MapMethod::Tsne ? MapText::tr("%1 iterations") : MapText::tr("%1 epochs")).arg(count(step));
    return (method == MapMethod::Tsne ? MapText::tr("iteration %1 of %2") : MapText::tr("epoch %1 of %2"))
        .arg(count(step), count(steps));
}

QString rowsText(Index shown, Index all)
{
    return MapText::tr("%1 of %2 rows").arg(count(shown), count(all));
}

QString joinedFacts(const QStringList& facts)
{
    return facts.join(QStringLiteral(" · "));
}

QStringList settingsFacts(const MapOptions& options)
{
    QStringList facts{methodText(options.method), metricText(options.metric)};
    if (options.method == MapMethod::Tsne)
        facts << tsneFacts(options.tsne);
    else if (options.method == MapMethod::Umap)
        facts << umapFacts(options.umap);
    facts << MapText::tr("seed %1").arg(QLocale().toString(static_cast<qulonglong>(options.seed)));
    return facts;
}

} // namespace embedscope
