<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>CommandLine</name>
    <message>
        <source>Opens word vectors, shows them as a map, and trains text classifiers on them while one watches.</source>
        <translation>打开词向量，以地图显示，并在眼前用它们训练文本分类器。</translation>
    </message>
    <message>
        <source>Shows this help.</source>
        <translation>显示此帮助。</translation>
    </message>
    <message>
        <source>Shows the version.</source>
        <translation>显示版本。</translation>
    </message>
    <message>
        <source>Opens the sample.</source>
        <translation>打开示例。</translation>
    </message>
    <message>
        <source>Does the main job by itself and leaves pictures and files in &lt;folder&gt;.</source>
        <translation>自动完成主要流程，并把图片和文件留在 &lt;文件夹&gt; 中。</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Language of this window: en or zh_CN.</source>
        <translation>此窗口的语言：en 或 zh_CN。</translation>
    </message>
    <message>
        <source>language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Colours of this window: light or dark.</source>
        <translation>此窗口的配色：light（浅色）或 dark（深色）。</translation>
    </message>
    <message>
        <source>theme</source>
        <translation>配色</translation>
    </message>
    <message>
        <source>Writes a picture of the window to &lt;file&gt; when all is open, then ends.</source>
        <translation>全部打开后把窗口图片写入 &lt;文件&gt;，然后结束。</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Selects &lt;token&gt; when all is open.</source>
        <translation>全部打开后选中 &lt;词元&gt;。</translation>
    </message>
    <message>
        <source>token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Files of vectors or labelled sentences, or a session, to open.</source>
        <translation>要打开的向量文件、带标签句子的文件或会话。</translation>
    </message>
    <message>
        <source>Writes the map to &lt;file&gt;, which ends in .svg, .pdf or .png, without a window, and ends.</source>
        <translation>不打开窗口，把地图写入 &lt;文件&gt;（以 .svg、.pdf 或 .png 结尾），然后结束。</translation>
    </message>
    <message>
        <source>Size of the figure, such as 1280x800, in pixels at 96 dpi.</source>
        <translation>图的大小，例如 1280x800，以 96 dpi 的像素计。</translation>
    </message>
    <message>
        <source>size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Pixels of a PNG for each of these.</source>
        <translation>上述每个像素在 PNG 中对应的像素数。</translation>
    </message>
    <message>
        <source>factor</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>Map of the figure: pca, tsne or umap. Without it, the one that a window would show.</source>
        <translation>图中的地图：pca、tsne 或 umap。不给出时，用窗口会显示的那一种。</translation>
    </message>
    <message>
        <source>method</source>
        <translation>方法</translation>
    </message>
</context>
<context>
    <name>Error</name>
    <message>
        <source>it is empty</source>
        <translation>公式为空</translation>
    </message>
    <message>
        <source>a + or - is missing here</source>
        <translation>此处缺少 + 或 -</translation>
    </message>
    <message>
        <source>a token is missing after the sign</source>
        <translation>符号后面缺少词元</translation>
    </message>
    <message>
        <source>two signs follow each other</source>
        <translation>两个符号相连</translation>
    </message>
    <message>
        <source>the quote is never closed</source>
        <translation>引号没有闭合</translation>
    </message>
    <message>
        <source>Internal error: %1. Save your work under a new name and report what you did.</source>
        <translation>内部错误：%1。请用新文件名保存您的工作，并报告您的操作。</translation>
    </message>
    <message>
        <source>Cancelled; nothing was changed.</source>
        <translation>已取消；没有任何改动。</translation>
    </message>
    <message>
        <source>%1: there is no such file. Check the path.</source>
        <translation>%1：没有这个文件。请检查路径。</translation>
    </message>
    <message>
        <source>%1: cannot be read (%2). Check its permissions.</source>
        <translation>%1：无法读取（%2）。请检查权限。</translation>
    </message>
    <message>
        <source>%1: cannot be written (%2). Choose another place.</source>
        <translation>%1：无法写入（%2）。请选择别的位置。</translation>
    </message>
    <message>
        <source>%1: the disk is full; no file was left behind. Free some space or choose another place.</source>
        <translation>%1：磁盘已满；没有留下任何文件。请腾出空间或选择别的位置。</translation>
    </message>
    <message>
        <source>%1: the file is empty. Download or export it again.</source>
        <translation>%1：文件是空的。请重新下载或导出。</translation>
    </message>
    <message>
        <source>%1: %2 cannot be used (%3). %4</source>
        <translation>%1：%2 无法使用（%3）。%4</translation>
    </message>
    <message>
        <source>%1, %2: %3. Mend the file or fetch it again.</source>
        <translation>%1，%2：%3。请修复文件或重新获取。</translation>
    </message>
    <message>
        <source>%1: ends after %2 of the %3 rows that its header announces. Fetch the file again.</source>
        <translation>%1：文件头声明 %3 行，但在第 %2 行后结束。请重新获取文件。</translation>
    </message>
    <message>
        <source>%1, %2: is not UTF-8 text. Convert the file to UTF-8.</source>
        <translation>%1，%2：不是 UTF-8 文本。请把文件转换为 UTF-8。</translation>
    </message>
    <message>
        <source>%1: expected %2, found %3. Choose files that belong together.</source>
        <translation>%1：应为 %2，实际为 %3。请选择相互匹配的文件。</translation>
    </message>
    <message>
        <source>%1 cannot be %2: %3.</source>
        <translation>%1 不能是 %2：%3。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not in the vocabulary. Check the spelling and upper or lower case.</source>
        <translation>词表中没有“%1”。请检查拼写和大小写。</translation>
    </message>
    <message>
        <source>The formula &quot;%1&quot; cannot be read at character %2: %3. Write it like: king - man + woman.</source>
        <translation>公式“%1”在第 %2 个字符处无法解析：%3。写法示例：king - man + woman。</translation>
    </message>
    <message>
        <source>%1: no label was found (%2).</source>
        <translation>%1：没有找到标签（%2）。</translation>
    </message>
    <message>
        <source>%1: holds no labelled sentence. Use one sentence a line with its label.</source>
        <translation>%1：没有带标签的句子。请每行写一个句子及其标签。</translation>
    </message>
    <message>
        <source>%1: all sentences have the same label, %2; a classifier needs at least two.</source>
        <translation>%1：所有句子的标签都是 %2；分类器至少需要两类。</translation>
    </message>
    <message>
        <source>Index %1 is out of range: the table has %2 rows, numbered from 0.</source>
        <translation>索引 %1 超出范围：表有 %2 行，从 0 开始编号。</translation>
    </message>
    <message>
        <source>%1 and %2 do not go together. %3</source>
        <translation>%1 与 %2 不能同时使用。%3</translation>
    </message>
    <message>
        <source>Training diverged at step %1 (%2). The last good weights were kept; try a smaller learning rate.</source>
        <translation>训练在第 %1 步发散（%2）。已保留最后一次正常的权重；请尝试更小的学习率。</translation>
    </message>
    <message>
        <source>%1: is not the folder of a training run (%2). Choose a folder that the train command wrote.</source>
        <translation>%1：不是训练运行的文件夹（%2）。请选择由 train 命令写出的文件夹。</translation>
    </message>
    <message>
        <source>%1: has changed since the run was trained on it. Bring the old file back.</source>
        <translation>%1：训练之后该文件已改变。请恢复原来的文件。</translation>
    </message>
    <message>
        <source>%1: holds no vectors that can be read; it looks like %2. Choose a file of vectors, such as GloVe, word2vec, fastText, .npy, safetensors or .pt.</source>
        <translation>%1：没有可读取的向量；看起来是 %2。请选择向量文件，例如 GloVe、word2vec、fastText、.npy、safetensors 或 .pt。</translation>
    </message>
    <message>
        <source>%1: holds several arrays that could be the table (%2). Choose one by its name.</source>
        <translation>%1：有多个数组可以作为表（%2）。请按名称选择一个。</translation>
    </message>
    <message>
        <source>%1: holds several files (%2). Choose one by its name.</source>
        <translation>%1：包含多个文件（%2）。请按名称选择一个。</translation>
    </message>
    <message>
        <source>%1: was written by a newer Embedscope, version %2; this one reads up to version %3. Open it with the newer program.</source>
        <translation>%1：由更新的 Embedscope 写出，版本为 %2；此程序最高读取版本 %3。请用更新的程序打开。</translation>
    </message>
    <message>
        <source>%1: needs the file %2, which is not there. Put it back, or beside the session.</source>
        <translation>%1：需要文件 %2，但它不存在。请把它放回原处，或放在会话文件旁边。</translation>
    </message>
    <message>
        <source>%1: needs the file %2 as it was when the session was saved, but it has changed. Bring the old file back, or put a copy of it beside the session.</source>
        <translation>%1：需要保存会话时的文件 %2，但它已改变。请恢复原来的文件，或把它的副本放在会话文件旁边。</translation>
    </message>
</context>
<context>
    <name>ExportFormat</name>
    <message>
        <source>GloVe text</source>
        <translation>GloVe 文本</translation>
    </message>
    <message>
        <source>Read by gensim, torchtext, spaCy and most scripts. One line a token, no header.</source>
        <translation>gensim、torchtext、spaCy 和大多数脚本都能读取。每个词元一行，没有文件头。</translation>
    </message>
    <message>
        <source>word2vec text</source>
        <translation>word2vec 文本</translation>
    </message>
    <message>
        <source>Read by gensim, fastText and spaCy. Text with a first line that counts rows and columns.</source>
        <translation>gensim、fastText 和 spaCy 都能读取。首行写明行数和列数的文本。</translation>
    </message>
    <message>
        <source>word2vec binary</source>
        <translation>word2vec 二进制</translation>
    </message>
    <message>
        <source>Read by gensim. Exact float32, a fraction of the size of text.</source>
        <translation>gensim 能读取。精确的 float32，体积远小于文本。</translation>
    </message>
    <message>
        <source>NumPy with a token list</source>
        <translation>NumPy 加词元列表</translation>
    </message>
    <message>
        <source>Read by NumPy and everything above it. The tokens stand in a text file beside it.</source>
        <translation>NumPy 及其上层软件都能读取。词元写在旁边的文本文件中。</translation>
    </message>
    <message>
        <source>safetensors</source>
        <translation>safetensors</translation>
    </message>
    <message>
        <source>Read by PyTorch and Hugging Face. Exact, and safe to open: it holds numbers and no code.</source>
        <translation>PyTorch 和 Hugging Face 都能读取。数值精确，打开安全：只有数字，没有代码。</translation>
    </message>
    <message>
        <source>Read by PyTorch: all weights under the names of its modules.</source>
        <translation>PyTorch 能读取：所有权重都用其模块的名称。</translation>
    </message>
    <message>
        <source>NumPy archive</source>
        <translation>NumPy 归档</translation>
    </message>
    <message>
        <source>Read by NumPy without PyTorch: one array for each weight.</source>
        <translation>无需 PyTorch，NumPy 即可读取：每个权重一个数组。</translation>
    </message>
    <message>
        <source>fastText text</source>
        <translation>fastText 文本</translation>
    </message>
    <message>
        <source>Read by fastText as -pretrainedVectors, and by gensim. As many digits as float32 needs.</source>
        <translation>fastText 可用 -pretrainedVectors 读取，gensim 也能读取。数字位数满足 float32 的需要。</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>CSV 表格</translation>
    </message>
    <message>
        <source>Read by pandas, R and spreadsheets. One row a token, with all its columns.</source>
        <translation>pandas、R 和电子表格都能读取。每个词元一行，包含其所有列。</translation>
    </message>
    <message>
        <source>Read by NumPy: weights and tokens in one file, without a pickle.</source>
        <translation>NumPy 能读取：权重和词元在同一个文件中，不用 pickle。</translation>
    </message>
    <message>
        <source>PyTorch state dict</source>
        <translation>PyTorch state dict</translation>
    </message>
    <message>
        <source>Read by torch.load of any version, with weights_only too. The tokens are an attribute of it.</source>
        <translation>任何版本的 torch.load 都能读取，使用 weights_only 时也可以。词元是它的一个属性。</translation>
    </message>
    <message>
        <source>Embedding Projector</source>
        <translation>Embedding Projector</translation>
    </message>
    <message>
        <source>A folder for TensorBoard and for the Embedding Projector in a browser: vectors, metadata, configuration.</source>
        <translation>供 TensorBoard 和浏览器中的 Embedding Projector 使用的文件夹：向量、元数据、配置。</translation>
    </message>
    <message>
        <source>Read by torch.load: all weights under the names of its modules, tokens and classes as attributes.</source>
        <translation>torch.load 能读取：所有权重都用其模块的名称，词元和类别作为属性。</translation>
    </message>
    <message>
        <source>PyTorch project</source>
        <translation>PyTorch 项目</translation>
    </message>
    <message>
        <source>A folder to go on with in PyTorch: model, weights, tokenizer, and programs that predict and train, on several machines too.</source>
        <translation>可在 PyTorch 中继续使用的文件夹：模型、权重、分词器，以及用于预测和训练（也可在多台机器上）的程序。</translation>
    </message>
</context>
<context>
    <name>LoadReport</name>
    <message>
        <source>NaN or infinite rows</source>
        <translation>含 NaN 或无穷大的行</translation>
    </message>
    <message>
        <source>First: %1. They have no neighbours and no place on the map, and training on them fails.</source>
        <translation>首个：%1。它们没有近邻，也不在地图上，用它们训练会失败。</translation>
    </message>
    <message>
        <source>Rows of zeros</source>
        <translation>全零的行</translation>
    </message>
    <message>
        <source>First: %1. They have no direction, so no cosine with other rows.</source>
        <translation>首个：%1。它们没有方向，因此与其他行没有余弦。</translation>
    </message>
    <message>
        <source>Tokens that are not UTF-8</source>
        <translation>不是 UTF-8 的词元</translation>
    </message>
    <message>
        <source>First: %1. Their bytes are kept as they are; each ill-formed one is shown as U+FFFD. Where most are, the file has another encoding: choose it when opening.</source>
        <translation>首个：%1。其字节原样保留；每个不合规的字节显示为 U+FFFD。如果大多数词元如此，文件使用的是别的编码：请在打开时选择。</translation>
    </message>
    <message>
        <source>Tokens with blanks</source>
        <translation>含空格的词元</translation>
    </message>
    <message>
        <source>First: %1. The blanks belong to the token. The word2vec formats cannot express them.</source>
        <translation>首个：%1。空格属于词元。word2vec 格式无法表示空格。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Repeated tokens</source>
        <translation>重复的词元</translation>
    </message>
    <message>
        <source>First: &quot;%1&quot; in %2. Every row is kept, and the earliest row of a token wins: a search by name finds that one.</source>
        <translation>首个：“%1”，位于 %2。每一行都保留，同一词元以最早的一行为准：按名称查找得到的是这一行。</translation>
    </message>
    <message>
        <source>Damaged lines left out</source>
        <translation>略去的损坏行</translation>
    </message>
    <message>
        <source>First: %1 (%2). They were no rows, and you chose to leave such lines out.</source>
        <translation>首个：%1（%2）。它们不构成表的行，您选择了略去这类行。</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Unpacked from</source>
        <translation>解压自</translation>
    </message>
    <message>
        <source>Array</source>
        <translation>数组</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Values a row</source>
        <translation>每行数值个数</translation>
    </message>
    <message>
        <source>Stored as</source>
        <translation>存储类型</translation>
    </message>
    <message>
        <source>Size of the file</source>
        <translation>文件大小</translation>
    </message>
    <message>
        <source>Read in</source>
        <translation>读取用时</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1。%2</translation>
    </message>
</context>
<context>
    <name>MapForm</name>
    <message>
        <source>Takes effect at once.</source>
        <translation>立即生效。</translation>
    </message>
    <message>
        <source>Takes effect with Run.</source>
        <translation>按“运行”后生效。</translation>
    </message>
    <message>
        <source>Takes effect with Run, or with Go On from where the points are.</source>
        <translation>按“运行”后生效，或按“接着运行”从点的当前位置起生效。</translation>
    </message>
    <message>
        <source>Technical name: %1.</source>
        <translation>技术名称：%1。</translation>
    </message>
</context>
<context>
    <name>MapLegend</name>
    <message>
        <source>and %1 more</source>
        <translation>另有 %1 个</translation>
    </message>
</context>
<context>
    <name>MapRun</name>
    <message>
        <source>finding neighbours</source>
        <translation>正在查找近邻</translation>
    </message>
    <message>
        <source>KL %1</source>
        <translation>KL %1</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>每秒 %1 步</translation>
    </message>
</context>
<context>
    <name>MapText</name>
    <message>
        <source>perplexity %1</source>
        <translation>困惑度 %1</translation>
    </message>
    <message>
        <source>late exaggeration %1</source>
        <translation>后期放大 %1</translation>
    </message>
    <message>
        <source>pulled together by labels %1</source>
        <translation>按标签聚拢 %1</translation>
    </message>
    <message>
        <source>%1 neighbours</source>
        <translation>%1 个近邻</translation>
    </message>
    <message>
        <source>min_dist %1</source>
        <translation>min_dist %1</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>dot product</source>
        <translation>点积</translation>
    </message>
    <message>
        <source>Euclidean</source>
        <translation>欧几里得</translation>
    </message>
    <message>
        <source>exact neighbours</source>
        <translation>精确近邻</translation>
    </message>
    <message>
        <source>approximate neighbours, recall %1</source>
        <translation>近似近邻，召回率 %1</translation>
    </message>
    <message>
        <source>%1 iterations</source>
        <translation>%1 次迭代</translation>
    </message>
    <message>
        <source>%1 epochs</source>
        <translation>%1 轮</translation>
    </message>
    <message>
        <source>iteration %1 of %2</source>
        <translation>第 %1 次迭代，共 %2 次</translation>
    </message>
    <message>
        <source>epoch %1 of %2</source>
        <translation>第 %1 轮，共 %2 轮</translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%2 行中的 %1 行</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
</context>
<context>
    <name>Metric</name>
    <message>
        <source>Euclidean</source>
        <translation>欧几里得</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>Dot product</source>
        <translation>点积</translation>
    </message>
</context>
<context>
    <name>Parameter</name>
    <message>
        <source>Encoder</source>
        <translation>编码器</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>mode of EmbeddingBag: mean, sum or max of the word vectors of a sentence.</source>
        <translation>EmbeddingBag 的 mode：句子词向量的 mean、sum 或 max。</translation>
    </message>
    <message>
        <source>Dimensions</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>embedding_dim: numbers in each word&apos;s vector. Usual: 50-100 for small data sets, 100-300 for medium, 300-500 for large ones.</source>
        <translation>embedding_dim：每个词向量的数字个数。通常小数据集 50-100，中等 100-300，大数据集 300-500。</translation>
    </message>
    <message>
        <source>Optimizer</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>The rule that turns gradients into steps, as in torch.optim.</source>
        <translation>把梯度变成更新步的规则，同 torch.optim。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>weight_decay: pulls all weights towards zero in each step, those of unseen words and of the padding row too.</source>
        <translation>weight_decay：每一步都把所有权重拉向零，包括没出现的词和填充行。</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>batch_size: sentences in a step.</source>
        <translation>batch_size：一步中的句子数。</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>epochs: how often the run goes through all sentences.</source>
        <translation>epochs：遍历全部句子的次数。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>seed: the same seed, data, options and switches give the same weights, bit for bit.</source>
        <translation>seed：相同的种子、数据、选项和开关，得到逐位相同的权重。</translation>
    </message>
    <message>
        <source>Longest sentence</source>
        <translation>最长句子</translation>
    </message>
    <message>
        <source>max_length: words of a sentence beyond this number are cut off.</source>
        <translation>max_length：句子中超过此数的词会被截掉。</translation>
    </message>
    <message>
        <source>Rarest word</source>
        <translation>最低词频</translation>
    </message>
    <message>
        <source>min_count: words that occur less often share the row &lt;unk&gt;.</source>
        <translation>min_count：出现次数更少的词共用 &lt;unk&gt; 行。</translation>
    </message>
    <message>
        <source>Sparse gradients</source>
        <translation>稀疏梯度</translation>
    </message>
    <message>
        <source>sparse: only the rows that were looked up are touched by a step; not with Adam and AdamW.</source>
        <translation>sparse：一步只改动查到的行；不能与 Adam 和 AdamW 同用。</translation>
    </message>
    <message>
        <source>Epochs frozen first</source>
        <translation>先冻结的轮数</translation>
    </message>
    <message>
        <source>freeze_epochs: the table is frozen for so many epochs and learns afterwards.</source>
        <translation>freeze_epochs：表先冻结这么多轮，之后再学习。</translation>
    </message>
    <message>
        <source>Early stop</source>
        <translation>提前停止</translation>
    </message>
    <message>
        <source>early_stop: ends the run after so many epochs without a better validation accuracy.</source>
        <translation>early_stop：验证准确率连续这么多轮没有提高就结束运行。</translation>
    </message>
    <message>
        <source>Freeze the table</source>
        <translation>冻结表</translation>
    </message>
    <message>
        <source>freeze: the word vectors get no gradient and no step of the optimizer, from the next step on.</source>
        <translation>freeze：从下一步起，词向量没有梯度，也不被优化器更新。</translation>
    </message>
    <message>
        <source>Padding row</source>
        <translation>填充行</translation>
    </message>
    <message>
        <source>padding_idx: this row gets no gradient and does not count in a sentence&apos;s mean, from the next step on. Its content stays as it is.</source>
        <translation>padding_idx：从下一步起，此行没有梯度，也不计入句子的均值。其内容保持不变。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>lr: the size of a step, from the next step on.</source>
        <translation>lr：步长，从下一步起生效。</translation>
    </message>
    <message>
        <source>Largest norm</source>
        <translation>最大范数</translation>
    </message>
    <message>
        <source>max_norm: rows with a larger norm are scaled down when they are looked up, in a frozen table too, from the next step on.</source>
        <translation>max_norm：从下一步起，查到范数更大的行时将其缩小，冻结的表也一样。</translation>
    </message>
    <message>
        <source>Kind of norm</source>
        <translation>范数类型</translation>
    </message>
    <message>
        <source>norm_type: the p of the p-norm that max_norm limits; 2 is the Euclidean length.</source>
        <translation>norm_type：max_norm 所限制的 p 范数的 p；2 即欧几里得长度。</translation>
    </message>
    <message>
        <source>Scale by frequency</source>
        <translation>按频率缩放</translation>
    </message>
    <message>
        <source>scale_grad_by_freq: divides the gradient of a row by the number of times its word occurs in the batch, from the next step on.</source>
        <translation>scale_grad_by_freq：从下一步起，把一行的梯度除以该词在批中出现的次数。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>loss: squared predicts ratings; bpr and softmax rank what a user may like above other items.</source>
        <translation>loss：squared 预测评分；bpr 和 softmax 把用户可能喜欢的排在其他物品之前。</translation>
    </message>
    <message>
        <source>embedding_dim: numbers in the vector of each user and item.</source>
        <translation>embedding_dim：每个用户和物品的向量中的数字个数。</translation>
    </message>
    <message>
        <source>The rule that turns gradients into steps, as in torch.optim: sgd, adagrad, adam or sparse_adam.</source>
        <translation>把梯度变成更新的规则，与 torch.optim 相同：sgd、adagrad、adam 或 sparse_adam。</translation>
    </message>
    <message>
        <source>lr: the size of a step.</source>
        <translation>lr：一步的大小。</translation>
    </message>
    <message>
        <source>Regularisation</source>
        <translation>正则化</translation>
    </message>
    <message>
        <source>reg: pulls the vectors and biases that a step looks up towards zero; more of it for little data.</source>
        <translation>reg：把一步中查到的向量和偏置拉向零；数据越少，越需要加大。</translation>
    </message>
    <message>
        <source>batch_size: ratings in a step.</source>
        <translation>batch_size：一步中的评分数。</translation>
    </message>
    <message>
        <source>epochs: how often the run goes through all ratings.</source>
        <translation>epochs：遍历全部评分的次数。</translation>
    </message>
    <message>
        <source>Random other items</source>
        <translation>随机的其他物品</translation>
    </message>
    <message>
        <source>negatives: items without a rating of the user that softmax draws for each rating; bpr draws one.</source>
        <translation>negatives：softmax 为每个评分抽取的、该用户未评分的物品数；bpr 抽取一个。</translation>
    </message>
    <message>
        <source>Spread at the start</source>
        <translation>初始离散程度</translation>
    </message>
    <message>
        <source>init_std: standard deviation of the random numbers that the tables start with.</source>
        <translation>init_std：各表初始随机数的标准差。</translation>
    </message>
    <message>
        <source>early_stop: holds back a tenth of the training ratings, ends the run after so many epochs without a better result on them and keeps the best epoch.</source>
        <translation>early_stop：留出十分之一的训练评分，在其上连续这么多轮没有更好的结果就结束运行，并保留最好的一轮。</translation>
    </message>
    <message>
        <source>seed: the same seed, data and options give the same weights, bit for bit.</source>
        <translation>seed：相同的种子、数据和选项得到逐位相同的权重。</translation>
    </message>
    <message>
        <source>How the words of a sentence become one vector. bag: the mean, sum or maximum of their vectors (EmbeddingBag). lstm, gru: they are read one after the other, and the last state counts. transformer: each word looks at all others, and their mean counts.</source>
        <translation>一个句子的词如何变成一个向量。bag：取词向量的均值、总和或最大值（EmbeddingBag）。lstm、gru：逐词读取，取最后的状态。transformer：每个词关注所有其他词，取它们的均值。</translation>
    </message>
    <message>
        <source>Hidden units</source>
        <translation>隐藏单元</translation>
    </message>
    <message>
        <source>hidden_dim: numbers in the state of an LSTM or GRU (hidden_size), or inside a Transformer&apos;s feed-forward part (dim_feedforward).</source>
        <translation>hidden_dim：LSTM 或 GRU 状态中的数字个数（hidden_size），或 Transformer 前馈部分内部的数字个数（dim_feedforward）。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>num_layers: layers of the LSTM, GRU or Transformer, each on top of the other.</source>
        <translation>num_layers：LSTM、GRU 或 Transformer 逐层叠加的层数。</translation>
    </message>
    <message>
        <source>Both directions</source>
        <translation>双向</translation>
    </message>
    <message>
        <source>bidirectional: a second LSTM or GRU reads the sentence from its end to its start.</source>
        <translation>bidirectional：另有一个 LSTM 或 GRU 从句尾读到句首。</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>头数</translation>
    </message>
    <message>
        <source>nhead: how many different ways a Transformer&apos;s words look at each other; it divides the dimensions.</source>
        <translation>nhead：Transformer 中词与词相互关注的方式数；必须能整除维数。</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>How a Transformer knows the order of words: learned vectors for each place, or sinusoidal ones that never change.</source>
        <translation>Transformer 如何知道词序：每个位置有学习得到的向量，或使用不变的正弦向量。</translation>
    </message>
    <message>
        <source>Normalise first</source>
        <translation>先归一化</translation>
    </message>
    <message>
        <source>norm_first: a Transformer layer normalises what goes in (pre-norm) in place of what comes out (post-norm).</source>
        <translation>norm_first：Transformer 层对输入归一化（pre-norm），而不是对输出（post-norm）。</translation>
    </message>
    <message>
        <source>GELU</source>
        <translation>GELU</translation>
    </message>
    <message>
        <source>activation: GELU in place of ReLU inside a Transformer.</source>
        <translation>activation：在 Transformer 内部用 GELU 代替 ReLU。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>随机失活</translation>
    </message>
    <message>
        <source>dropout: while training, this share of the numbers becomes zero: of the word vectors, between layers, and before the classifier; of a bag only the last.</source>
        <translation>dropout：训练时把这一比例的数字置零：词向量中、层与层之间以及分类器之前；词袋只在最后一处。</translation>
    </message>
    <message>
        <source>Validation share</source>
        <translation>验证比例</translation>
    </message>
    <message>
        <source>valid_split: this share of the sentences is not trained on but measures how well the model does on sentences that it has not seen.</source>
        <translation>valid_split：这一比例的句子不用于训练，而用来衡量模型在没见过的句子上的表现。</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>类别权重</translation>
    </message>
    <message>
        <source>class_weight: none; balanced, where rare classes count as much as frequent ones; or a number for each class, such as 1,2.5.</source>
        <translation>class_weight：none；balanced，使少见的类别与常见的同样重要；或每个类别一个数，如 1,2.5。</translation>
    </message>
    <message>
        <source>Label smoothing</source>
        <translation>标签平滑</translation>
    </message>
    <message>
        <source>label_smoothing: this share of each target is spread over all classes.</source>
        <translation>label_smoothing：把每个目标的这一比例分摊到所有类别。</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>clip_norm: where all gradients together are longer than this, they are shortened to it (clip_grad_norm_). 0: never.</source>
        <translation>clip_norm：全部梯度合起来长于此值时，缩短到此值（clip_grad_norm_）。0：从不。</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率计划</translation>
    </message>
    <message>
        <source>How the learning rate goes on: constant, or linear or cosine down to zero at the last step.</source>
        <translation>学习率如何变化：不变，或按直线或余弦在最后一步降到零。</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>warmup_steps: the learning rate rises from zero over so many steps.</source>
        <translation>warmup_steps：学习率在这么多步内从零升起。</translation>
    </message>
    <message>
        <source>dim: numbers in each word&apos;s vector.</source>
        <translation>dim：每个词的向量中的数字个数。</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>window: a word is trained on up to so many words to either side. Small windows bring words of the same kind together, large ones words of the same topic.</source>
        <translation>window：一个词与左右两侧至多这么多个词一起训练。小窗口使同类的词靠近，大窗口使同一主题的词靠近。</translation>
    </message>
    <message>
        <source>Negative words</source>
        <translation>负例词</translation>
    </message>
    <message>
        <source>negative: random words that each pair is told apart from. Usual: 5-20 for small texts, 2-5 for large ones.</source>
        <translation>negative：每一对要与之区分的随机词数。通常：小文本 5-20，大文本 2-5。</translation>
    </message>
    <message>
        <source>min_count: words that occur less often are left out of the text.</source>
        <translation>min_count：出现次数更少的词从文本中略去。</translation>
    </message>
    <message>
        <source>epochs: how often the run goes through the text.</source>
        <translation>epochs：遍历文本的次数。</translation>
    </message>
    <message>
        <source>Thinning of frequent words</source>
        <translation>常见词抽稀</translation>
    </message>
    <message>
        <source>sample: words that make up more of the text than this are skipped at random, the more the more frequent they are. 0 keeps all.</source>
        <translation>sample：在文本中所占比例超过此值的词会被随机跳过，越常见跳过越多。0 保留全部。</translation>
    </message>
    <message>
        <source>alpha: the size of the first steps; it falls linearly to the end of the run.</source>
        <translation>alpha：最初几步的大小；到运行结束按直线下降。</translation>
    </message>
    <message>
        <source>Last learning rate</source>
        <translation>最终学习率</translation>
    </message>
    <message>
        <source>min_alpha: the learning rate never falls below this.</source>
        <translation>min_alpha：学习率不会低于此值。</translation>
    </message>
    <message>
        <source>seed: the same seed, text and options give the same vectors, bit for bit.</source>
        <translation>seed：相同的种子、文本和选项得到逐位相同的向量。</translation>
    </message>
    <message>
        <source>Without waiting (Hogwild)</source>
        <translation>互不等待（Hogwild）</translation>
    </message>
    <message>
        <source>hogwild: threads change the same vectors without waiting for each other, as word2vec does. No two runs give the same vectors.</source>
        <translation>hogwild：各线程互不等待地改动同一批向量，与 word2vec 相同。每次运行得到的向量都不同。</translation>
    </message>
    <message>
        <source>Words are parted by</source>
        <translation>分词方式</translation>
    </message>
    <message>
        <source>blanks: words stand between blanks, as they are. words: upper case becomes lower case, and signs are words of their own.</source>
        <translation>blanks：按空格分词，保持原样。words：大写变小写，符号单独成词。</translation>
    </message>
</context>
<context>
    <name>PcaSection</name>
    <message>
        <source>dimension %1: %2</source>
        <translation>第 %1 维：%2</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>%1 rows announced</source>
        <translation>声明有 %1 行</translation>
    </message>
    <message>
        <source>about %1 rows</source>
        <translation>约 %1 行</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>gzipped</source>
        <translation>gzip 压缩</translation>
    </message>
    <message>
        <source>%1 in an archive</source>
        <translation>归档中的 %1</translation>
    </message>
    <message>
        <source>UTF-8</source>
        <translation>UTF-8</translation>
    </message>
    <message>
        <source>UTF-8, some tokens damaged</source>
        <translation>UTF-8，部分词元损坏</translation>
    </message>
    <message>
        <source>not UTF-8, perhaps %1</source>
        <translation>不是 UTF-8，可能是 %1</translation>
    </message>
    <message>
        <source>GloVe text</source>
        <translation>GloVe 文本</translation>
    </message>
    <message>
        <source>word2vec text</source>
        <translation>word2vec 文本</translation>
    </message>
    <message>
        <source>word2vec binary</source>
        <translation>word2vec 二进制</translation>
    </message>
    <message>
        <source>fastText vectors (.vec)</source>
        <translation>fastText 向量 (.vec)</translation>
    </message>
    <message>
        <source>fastText model (.bin)</source>
        <translation>fastText 模型 (.bin)</translation>
    </message>
    <message>
        <source>NumPy array (.npy)</source>
        <translation>NumPy 数组 (.npy)</translation>
    </message>
    <message>
        <source>NumPy archive (.npz)</source>
        <translation>NumPy 归档 (.npz)</translation>
    </message>
    <message>
        <source>safetensors</source>
        <translation>safetensors</translation>
    </message>
    <message>
        <source>PyTorch (.pt)</source>
        <translation>PyTorch (.pt)</translation>
    </message>
    <message>
        <source>Embedding Projector (.tsv)</source>
        <translation>Embedding Projector (.tsv)</translation>
    </message>
    <message>
        <source>raw float32 (.bytes)</source>
        <translation>原始 float32 (.bytes)</translation>
    </message>
    <message>
        <source>CSV table</source>
        <translation>CSV 表格</translation>
    </message>
    <message>
        <source>finalfusion (.fifu)</source>
        <translation>finalfusion (.fifu)</translation>
    </message>
    <message>
        <source>with a header</source>
        <translation>有文件头</translation>
    </message>
    <message>
        <source>no header</source>
        <translation>没有文件头</translation>
    </message>
    <message>
        <source>1 value a row</source>
        <translation>每行 1 个数值</translation>
    </message>
    <message>
        <source>%1 values a row</source>
        <translation>每行 %1 个数值</translation>
    </message>
    <message>
        <source>first %1 of %2 rows</source>
        <translation>%2 行中的前 %1 行</translation>
    </message>
    <message>
        <source>first %1 rows</source>
        <translation>前 %1 行</translation>
    </message>
</context>
<context>
    <name>Rule</name>
    <message>
        <source>freeze on</source>
        <translation>冻结开</translation>
    </message>
    <message>
        <source>freeze off</source>
        <translation>冻结关</translation>
    </message>
    <message>
        <source>no padding row</source>
        <translation>无填充行</translation>
    </message>
    <message>
        <source>padding row %1</source>
        <translation>填充行 %1</translation>
    </message>
    <message>
        <source>max_norm off</source>
        <translation>max_norm 关</translation>
    </message>
    <message>
        <source>max_norm %1</source>
        <translation>max_norm %1</translation>
    </message>
    <message>
        <source>scale by frequency on</source>
        <translation>按频率缩放开</translation>
    </message>
    <message>
        <source>scale by frequency off</source>
        <translation>按频率缩放关</translation>
    </message>
    <message>
        <source>padding row zeroed</source>
        <translation>填充行已清零</translation>
    </message>
    <message>
        <source>momentum cleared</source>
        <translation>动量已清除</translation>
    </message>
    <message>
        <source>On: no step changes the table; only the classifier learns.</source>
        <translation>开：任何一步都不改动表；只有分类器在学习。</translation>
    </message>
    <message>
        <source>Rows above the largest norm are still scaled down.</source>
        <translation>超过最大范数的行仍会被缩小。</translation>
    </message>
    <message>
        <source>Off: every row that occurs in a batch is learning.</source>
        <translation>关：批中出现的每一行都在学习。</translation>
    </message>
    <message>
        <source>Momentum keeps moving rows for a while after their last batch.</source>
        <translation>动量会让行在最后一次出现之后继续移动一阵。</translation>
    </message>
    <message>
        <source>Weight decay %1 shrinks every row in each step.</source>
        <translation>权重衰减 %1 每一步都缩小每一行。</translation>
    </message>
    <message>
        <source>No row is padding: every row can learn and counts in a sentence.</source>
        <translation>没有填充行：每一行都能学习，也都计入句子。</translation>
    </message>
    <message>
        <source>Row %1 (%2) gets no gradient and does not count in a sentence.</source>
        <translation>第 %1 行（%2）没有梯度，也不计入句子。</translation>
    </message>
    <message>
        <source>Momentum from before may still move it: clear it.</source>
        <translation>以前的动量仍可能移动它：请清除动量。</translation>
    </message>
    <message>
        <source>Weight decay %1 still shrinks it.</source>
        <translation>权重衰减 %1 仍会缩小它。</translation>
    </message>
    <message>
        <source>With 0 nothing learns.</source>
        <translation>为 0 时什么也不学习。</translation>
    </message>
    <message>
        <source>Holds from the next step on.</source>
        <translation>从下一步起生效。</translation>
    </message>
    <message>
        <source>Off: rows may grow to any length.</source>
        <translation>关：行可以增长到任意长度。</translation>
    </message>
    <message>
        <source>Rows longer than %1 are scaled down when they are looked up. %2 rows exceed it now.</source>
        <translation>长度超过 %1 的行在查到时被缩小。目前有 %2 行超过。</translation>
    </message>
    <message>
        <source>On: a word that occurs five times in a batch learns from the mean of its five gradients.</source>
        <translation>开：在一批中出现五次的词，按五个梯度的均值学习。</translation>
    </message>
    <message>
        <source>Off: a word that occurs five times in a batch takes the sum of its five gradients.</source>
        <translation>关：在一批中出现五次的词，取五个梯度的总和。</translation>
    </message>
</context>
<context>
    <name>Search</name>
    <message>
        <source>row %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>formula</source>
        <translation>公式</translation>
    </message>
</context>
<context>
    <name>Token</name>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
</context>
<context>
    <name>Warning</name>
    <message>
        <source>Repeated tokens: %1, first &quot;%2&quot; in %3. Every row is kept; a search by name finds the earliest.</source>
        <translation>重复的词元：%1 个，首个是“%2”，位于 %3。每一行都保留；按名称查找得到最早的一行。</translation>
    </message>
    <message>
        <source>Tokens that are not UTF-8: %1, first in %2. Their bytes are kept as they are.</source>
        <translation>不是 UTF-8 的词元：%1 个，首个位于 %2。其字节原样保留。</translation>
    </message>
    <message>
        <source>Rows with NaN or infinite values: %1, first %2. They have no neighbours and no place on a map.</source>
        <translation>含 NaN 或无穷大的行：%1 行，首个是 %2。它们没有近邻，也不在地图上。</translation>
    </message>
    <message>
        <source>Rows of zeros: %1, first %2. They have no direction, so no cosine.</source>
        <translation>全零的行：%1 行，首个是 %2。它们没有方向，因此没有余弦。</translation>
    </message>
    <message>
        <source>The file holds %1 of the %2 rows that its header announces; all that exist were read.</source>
        <translation>文件头声明 %2 行，文件中有 %1 行；已读取全部现有的行。</translation>
    </message>
    <message>
        <source>The header announces %1 rows, but the file holds more; all were read.</source>
        <translation>文件头声明 %1 行，但文件中更多；已全部读取。</translation>
    </message>
    <message>
        <source>Tokens that contain blanks: %1, first in %2. Other programs may not read them.</source>
        <translation>含空格的词元：%1 个，首个位于 %2。其他程序可能无法读取。</translation>
    </message>
    <message>
        <source>No list of tokens was found, so the rows are named by their numbers. Put one token a line into %1.</source>
        <translation>没有找到词元列表，各行以行号命名。请把词元逐行写入 %1。</translation>
    </message>
    <message>
        <source>Empty lines that were skipped: %1, first %2.</source>
        <translation>跳过的空行：%1 行，首个是 %2。</translation>
    </message>
    <message>
        <source>Only the first rows were read, as asked: %1 of %2.</source>
        <translation>按要求只读取了前面的行：%2 行中的 %1 行。</translation>
    </message>
    <message>
        <source>Tokens that are not %2: %1. Their bytes are kept as they are.</source>
        <translation>不是 %2 的词元：%1 个。其字节原样保留。</translation>
    </message>
    <message>
        <source>Labels of the classifier: %1, first &quot;%2&quot;. They have no word vectors, so only the words were read.</source>
        <translation>分类器的标签：%1 个，首个是“%2”。它们没有词向量，因此只读取了词。</translation>
    </message>
    <message>
        <source>Damaged lines that were left out, as asked: %1, first %2 (%3).</source>
        <translation>按要求略去的损坏行：%1 行，首个是 %2（%3）。</translation>
    </message>
    <message>
        <source>Nothing was read from %1 on: %2.</source>
        <translation>从 %1 起没有读取：%2。</translation>
    </message>
    <message>
        <source>Columns were taken as follows. Tokens: %1. Vector: %2. Other columns: %3.</source>
        <translation>各列的用途如下。词元：%1。向量：%2。其他列：%3。</translation>
    </message>
    <message>
        <source>Columns of text that were left out: %1. Up to %2 go along, each with up to %3 different values.</source>
        <translation>略去的文本列：%1。最多带入 %2 列，每列最多 %3 个不同的值。</translation>
    </message>
    <message>
        <source>%1 does not fit the rows, so they are named by their numbers. Choose it as the list of tokens to see where it differs.</source>
        <translation>%1 与各行不符，因此各行以行号命名。请把它选为词元列表，以查看不符之处。</translation>
    </message>
    <message>
        <source>Several lists fit the rows and differ (%1), so the rows are named by their numbers. Choose one as the list of tokens.</source>
        <translation>有多个列表与各行相符但彼此不同（%1），因此各行以行号命名。请选择其中一个作为词元列表。</translation>
    </message>
    <message>
        <source>Rows whose number is the id of no token: %1, first row %2. They are named by their numbers.</source>
        <translation>行号不是任何词元 id 的行：%1 行，首个是第 %2 行。它们以行号命名。</translation>
    </message>
    <message>
        <source>%1 was joined by token. Rows without a record: %2, records of no row: %3.</source>
        <translation>%1 已按词元合并。没有记录的行：%2，没有对应行的记录：%3。</translation>
    </message>
    <message>
        <source>Tokens with the id of another token: %1, first id %2. One of them names the row.</source>
        <translation>与别的词元 id 相同的词元：%1 个，首个 id 是 %2。该行以其中一个命名。</translation>
    </message>
</context>
<context>
    <name>embedscope::AboutDialog</name>
    <message>
        <source>About Embedscope</source>
        <translation>关于 Embedscope</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later (GPL-3.0-or-later). It comes without any warranty.</source>
        <translation>自由软件，遵循 GNU 通用公共许可证第 3 版或更新版本（GPL-3.0-or-later）。不提供任何担保。</translation>
    </message>
    <message>
        <source>Built on</source>
        <translation>所用的库</translation>
    </message>
    <message>
        <source>Version %1</source>
        <translation>版本 %1</translation>
    </message>
</context>
<context>
    <name>embedscope::ActionRegistry</name>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>embedscope::AdvancedSection</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>A Transformer reads 512 words unless told otherwise.</source>
        <translation>除非另行设定，Transformer 读取 512 个词。</translation>
    </message>
    <message>
        <source>%1 % held out for validation.</source>
        <translation>留出 %1 % 用于验证。</translation>
    </message>
    <message>
        <source>Nothing held out for validation.</source>
        <translation>没有留出数据用于验证。</translation>
    </message>
    <message>
        <source>Changed: %1.</source>
        <translation>已更改：%1。</translation>
    </message>
</context>
<context>
    <name>embedscope::Autosave</name>
    <message>
        <source>Saving by itself</source>
        <translation>正在自动保存</translation>
    </message>
</context>
<context>
    <name>embedscope::AxesMap</name>
    <message>
        <source>Places on the axes</source>
        <translation>正在计算轴上的位置</translation>
    </message>
    <message>
        <source>along %1</source>
        <translation>沿 %1</translation>
    </message>
    <message>
        <source>%1 %2 %3</source>
        <translation>%1 %2 %3</translation>
    </message>
    <message>
        <source>norm (L2)</source>
        <translation>范数 (L2)</translation>
    </message>
    <message>
        <source>dimension %1</source>
        <translation>第 %1 维</translation>
    </message>
    <message>
        <source>place in the table (log10)</source>
        <translation>表中的位次 (log10)</translation>
    </message>
</context>
<context>
    <name>embedscope::AxesSection</name>
    <message>
        <source>Across</source>
        <translation>横轴</translation>
    </message>
    <message>
        <source>man -&gt; woman</source>
        <translation>man -&gt; woman</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>纵轴</translation>
    </message>
    <message>
        <source>bad -&gt; good</source>
        <translation>bad -&gt; good</translation>
    </message>
    <message>
        <source>Deep</source>
        <translation>深度轴</translation>
    </message>
    <message>
        <source>small -&gt; large</source>
        <translation>small -&gt; large</translation>
    </message>
    <message>
        <source>Two words or formulas with an arrow between them make an axis: rows lie where their vectors fall on the line from one to the other, 0 halfway.</source>
        <translation>两个词或公式中间加箭头构成一个轴：各行位于其向量在二者连线上的投影处，中点为 0。</translation>
    </message>
    <message>
        <source>What is on the axis: %1</source>
        <translation>轴的内容：%1</translation>
    </message>
    <message>
        <source>What is on this axis. Takes effect at once.</source>
        <translation>此轴的内容。立即生效。</translation>
    </message>
    <message>
        <source>Words or formula of the axis: %1</source>
        <translation>轴的词或公式：%1</translation>
    </message>
    <message>
        <source>Two words or formulas with an arrow between them, or one. Takes effect as you type.</source>
        <translation>两个词或公式中间加箭头，或只写一个。输入时即生效。</translation>
    </message>
    <message>
        <source>Dimension on the axis: %1</source>
        <translation>轴上的维：%1</translation>
    </message>
    <message>
        <source>Which dimension of the vectors, counted from 0. Takes effect at once.</source>
        <translation>向量的哪一维，从 0 数起。立即生效。</translation>
    </message>
    <message>
        <source>Words or formula</source>
        <translation>词或公式</translation>
    </message>
    <message>
        <source>Norm</source>
        <translation>范数</translation>
    </message>
    <message>
        <source>Dimension</source>
        <translation>维</translation>
    </message>
    <message>
        <source>Place in the table</source>
        <translation>表中的位次</translation>
    </message>
    <message>
        <source>Type two words, such as %1.</source>
        <translation>请输入两个词，例如 %1。</translation>
    </message>
</context>
<context>
    <name>embedscope::ClassBars</name>
    <message>
        <source>Probabilities</source>
        <translation>概率</translation>
    </message>
</context>
<context>
    <name>embedscope::CommandList</name>
    <message>
        <source>Found</source>
        <translation>找到</translation>
    </message>
    <message>
        <source>Nothing found. Try another spelling.</source>
        <translation>没有找到。请换一种拼写。</translation>
    </message>
</context>
<context>
    <name>embedscope::CommandPalette</name>
    <message>
        <source>Type a command</source>
        <translation>输入命令</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
</context>
<context>
    <name>embedscope::DataSection</name>
    <message numerus="yes">
        <source>%n empty sentence(s)</source>
        <translation>
            <numerusform>%n 个空句子</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) without a label left out</source>
        <translation>
            <numerusform>略去 %n 行无标签的行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s) with bytes that are not UTF-8</source>
        <translation>
            <numerusform>%n 行含有非 UTF-8 字节</numerusform>
        </translation>
    </message>
    <message>
        <source>Open Text…</source>
        <translation>打开文本…</translation>
    </message>
    <message>
        <source>Labelled sentences: TSV, CSV, JSON Lines, fastText or &quot;label text&quot; lines.</source>
        <translation>带标签的句子：TSV、CSV、JSON Lines、fastText 或“标签 文本”行。</translation>
    </message>
    <message>
        <source>Open labelled sentences to train on.</source>
        <translation>打开用于训练的带标签句子。</translation>
    </message>
    <message>
        <source>%1 sentences, %2 classes</source>
        <translation>%1 个句子，%2 个类别</translation>
    </message>
    <message>
        <source>%1 % of its words have a vector</source>
        <translation>其中 %1 % 的词有向量</translation>
    </message>
    <message>
        <source>Counted as often as they occur; the others share the row of unknown words.</source>
        <translation>按出现次数计算；其余的词共用未知词的行。</translation>
    </message>
</context>
<context>
    <name>embedscope::Document</name>
    <message>
        <source>Opening %1</source>
        <translation>正在打开 %1</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>Making a fresh table</source>
        <translation>正在建立新表</translation>
    </message>
    <message>
        <source>Counting covered words</source>
        <translation>正在统计词的覆盖率</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>正在写入 %1</translation>
    </message>
    <message>
        <source>Attaching %1</source>
        <translation>正在附加 %1</translation>
    </message>
    <message>
        <source>%1, loading the rest</source>
        <translation>%1，正在加载其余的行</translation>
    </message>
</context>
<context>
    <name>embedscope::DropOverlay</name>
    <message>
        <source>Drop to open</source>
        <translation>松开以打开</translation>
    </message>
</context>
<context>
    <name>embedscope::EncoderSection</name>
    <message>
        <source>Bag of words</source>
        <translation>词袋</translation>
    </message>
    <message>
        <source>LSTM</source>
        <translation>LSTM</translation>
    </message>
    <message>
        <source>GRU</source>
        <translation>GRU</translation>
    </message>
    <message>
        <source>Transformer</source>
        <translation>Transformer</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>均值</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>总和</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Learned</source>
        <translation>学习得到</translation>
    </message>
    <message>
        <source>Sinusoidal</source>
        <translation>正弦</translation>
    </message>
</context>
<context>
    <name>embedscope::ExportDialog</name>
    <message>
        <source>What to export</source>
        <translation>导出内容</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>&amp;Table</source>
        <translation>表(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Table %1</source>
        <translation>表 %1(&amp;T)</translation>
    </message>
    <message>
        <source>Trained &amp;model</source>
        <translation>训练好的模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>导出(&amp;E)</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>浏览(&amp;B)…</translation>
    </message>
    <message>
        <source>File to write</source>
        <translation>要写入的文件</translation>
    </message>
    <message>
        <source>Lines of Python that read the file</source>
        <translation>读取该文件的 Python 代码</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>To read it in Python</source>
        <translation>在 Python 中读取</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Give the file a name.</source>
        <translation>请给文件取名。</translation>
    </message>
    <message>
        <source>Choose another folder: this one does not exist or cannot be written.</source>
        <translation>请选择别的文件夹：此文件夹不存在或无法写入。</translation>
    </message>
    <message>
        <source>This file exists. Export replaces it.</source>
        <translation>此文件已存在。导出会替换它。</translation>
    </message>
    <message>
        <source>%1 (*%2)</source>
        <translation>%1 (*%2)</translation>
    </message>
    <message>
        <source>Export To</source>
        <translation>导出到</translation>
    </message>
    <message>
        <source>The table holds the %1; what is open when you press Export is written.</source>
        <translation>表中是%1；导出时写入按下“导出”时已打开的内容。</translation>
    </message>
    <message>
        <source>Copy these lines</source>
        <translation>复制这些行</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Folder to write</source>
        <translation>要写入的文件夹</translation>
    </message>
    <message>
        <source>To go on in a terminal</source>
        <translation>在终端中继续</translation>
    </message>
    <message>
        <source>Commands to go on with</source>
        <translation>用于继续的命令</translation>
    </message>
    <message>
        <source>Give the folder a name.</source>
        <translation>请给文件夹取名。</translation>
    </message>
    <message>
        <source>This project exists. Export replaces its files and leaves others.</source>
        <translation>此项目已存在。导出会替换其中的文件，并保留其他文件。</translation>
    </message>
    <message>
        <source>Choose a new or an empty folder: other files are here.</source>
        <translation>请选择新的或空的文件夹：此处有其他文件。</translation>
    </message>
</context>
<context>
    <name>embedscope::FigureDialog</name>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>&amp;Transparent background</source>
        <translation>透明背景(&amp;T)</translation>
    </message>
    <message>
        <source>Export Figure</source>
        <translation>导出图</translation>
    </message>
    <message>
        <source>%1 dpi</source>
        <translation>%1 dpi</translation>
    </message>
    <message>
        <source>As on screen</source>
        <translation>与屏幕相同</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>For print: black on white</source>
        <translation>用于打印：白底黑字</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>导出(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Size</source>
        <translation>大小(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Resolution</source>
        <translation>分辨率(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>配色(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>浏览(&amp;B)…</translation>
    </message>
    <message>
        <source>File to write</source>
        <translation>要写入的文件</translation>
    </message>
    <message>
        <source>pixels at 96 dpi</source>
        <translation>像素（96 dpi）</translation>
    </message>
    <message>
        <source>Figures (*.svg *.pdf *.png)</source>
        <translation>图 (*.svg *.pdf *.png)</translation>
    </message>
    <message>
        <source>The name must end in .svg, .pdf or .png.</source>
        <translation>文件名必须以 .svg、.pdf 或 .png 结尾。</translation>
    </message>
    <message>
        <source>Choose another folder: this one does not exist or cannot be written.</source>
        <translation>请选择别的文件夹：此文件夹不存在或无法写入。</translation>
    </message>
    <message>
        <source>This file exists. Export replaces it.</source>
        <translation>此文件已存在。导出会替换它。</translation>
    </message>
    <message>
        <source>An image of pixels.</source>
        <translation>由像素组成的图像。</translation>
    </message>
    <message>
        <source>Shapes and real text, which a drawing program can change; more than 20,000 points are one image in it.</source>
        <translation>图形和真正的文字，可用绘图软件修改；超过 20,000 个点时，点在其中合为一张图像。</translation>
    </message>
</context>
<context>
    <name>embedscope::FigureTask</name>
    <message>
        <source>There is no table to make a figure of.</source>
        <translation>没有可以作图的表。</translation>
    </message>
</context>
<context>
    <name>embedscope::FormulaSection</name>
    <message>
        <source>king - man + woman</source>
        <translation>king - man + woman</translation>
    </message>
    <message>
        <source>Formula</source>
        <translation>公式</translation>
    </message>
    <message>
        <source>Adds and subtracts vectors and shows the rows nearest to the result (3CosAdd for cosine). Put a token that holds blanks or signs in double quotes.</source>
        <translation>加减向量，并显示离结果最近的行（余弦用 3CosAdd）。含空格或符号的词元请加双引号。</translation>
    </message>
    <message>
        <source>Results of the formula</source>
        <translation>公式的结果</translation>
    </message>
    <message>
        <source>Problem with the formula</source>
        <translation>公式的问题</translation>
    </message>
    <message>
        <source>Evaluating the formula</source>
        <translation>正在计算公式</translation>
    </message>
    <message>
        <source>Not in the vocabulary, composed from their parts: %1.</source>
        <translation>不在词表中，由其各部分合成：%1。</translation>
    </message>
</context>
<context>
    <name>embedscope::HeatStrip</name>
    <message>
        <source>Values of the vector</source>
        <translation>向量的数值</translation>
    </message>
    <message>
        <source>Blue is below zero, red above. Read single dimensions with the arrow keys.</source>
        <translation>蓝色小于零，红色大于零。用方向键逐维读取。</translation>
    </message>
    <message>
        <source>dim %1: %2</source>
        <translation>第 %1 维：%2</translation>
    </message>
</context>
<context>
    <name>embedscope::ImportDialog</name>
    <message>
        <source>%1 %2 %3</source>
        <translation>%1 %2 %3</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>As found</source>
        <translation>自动识别</translation>
    </message>
    <message>
        <source>Is a header</source>
        <translation>是文件头</translation>
    </message>
    <message>
        <source>Is a row</source>
        <translation>是一行数据</translation>
    </message>
    <message>
        <source>UTF-8, as it is</source>
        <translation>UTF-8，保持原样</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>How to read it</source>
        <translation>读取方式</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>File in the &amp;archive</source>
        <translation>归档中的文件(&amp;A)</translation>
    </message>
    <message>
        <source>Arra&amp;y</source>
        <translation>数组(&amp;Y)</translation>
    </message>
    <message>
        <source>First &amp;line</source>
        <translation>首行(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Values a row</source>
        <translation>每行数值个数(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Encoding</source>
        <translation>编码(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Token list</source>
        <translation>词元列表(&amp;T)</translation>
    </message>
    <message>
        <source>First &amp;rows only</source>
        <translation>只读取前面的行(&amp;R)</translation>
    </message>
    <message>
        <source>Leave &amp;damaged lines out</source>
        <translation>略去损坏的行(&amp;D)</translation>
    </message>
    <message>
        <source>Chooses a file with one token a line, or with a line of metadata for each row.</source>
        <translation>选择一个文件，其中每个词元一行，或每行有一条元数据。</translation>
    </message>
    <message>
        <source>Choose a token list</source>
        <translation>选择词元列表</translation>
    </message>
    <message>
        <source>Token list</source>
        <translation>词元列表</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>前面的行</translation>
    </message>
    <message>
        <source>Why it cannot be opened so</source>
        <translation>无法这样打开的原因</translation>
    </message>
    <message>
        <source>Choose a Token List</source>
        <translation>选择词元列表</translation>
    </message>
    <message>
        <source>Looking at the file…</source>
        <translation>正在查看文件…</translation>
    </message>
    <message>
        <source>As found: %1</source>
        <translation>自动识别：%1</translation>
    </message>
    <message>
        <source>Choose one</source>
        <translation>请选择一个</translation>
    </message>
    <message>
        <source>As found: a header</source>
        <translation>自动识别：文件头</translation>
    </message>
    <message>
        <source>As found: a row</source>
        <translation>自动识别：一行数据</translation>
    </message>
    <message>
        <source>These divide the numbers in the file evenly: %1.</source>
        <translation>这些数能整除文件中的数值个数：%1。</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Some tokens are not UTF-8; they could be %1.</source>
        <translation>部分词元不是 UTF-8；可能是 %1。</translation>
    </message>
</context>
<context>
    <name>embedscope::ImportPreview</name>
    <message>
        <source>Looking at %1</source>
        <translation>正在查看 %1</translation>
    </message>
</context>
<context>
    <name>embedscope::InspectorPanel</name>
    <message>
        <source>Click a point or a word.</source>
        <translation>请点击一个点或一个词。</translation>
    </message>
    <message>
        <source>Open vectors or the sample to inspect their words.</source>
        <translation>打开向量或示例以查看其中的词。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) selected, mean norm (L2) %1</source>
        <translation>
            <numerusform>选中 %Ln 行，平均范数 (L2) %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>embedscope::JobStatusWidget</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress of the job</source>
        <translation>任务进度</translation>
    </message>
    <message>
        <source>Stops this job. What was there before stays as it is.</source>
        <translation>停止此任务。之前的内容保持不变。</translation>
    </message>
    <message>
        <source>Cancel: %1</source>
        <translation>取消：%1</translation>
    </message>
    <message numerus="yes">
        <source>+%n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>embedscope::LiveSection</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Use selected</source>
        <translation>用选中的词</translation>
    </message>
    <message>
        <source>Makes the selected word the padding row (padding_idx).</source>
        <translation>把选中的词设为填充行（padding_idx）。</translation>
    </message>
    <message>
        <source>Zero the row</source>
        <translation>此行清零</translation>
    </message>
    <message>
        <source>Sets the padding row to zero once and clears its momentum, before the next step.</source>
        <translation>在下一步之前把填充行清零一次，并清除其动量。</translation>
    </message>
    <message>
        <source>Clear momentum</source>
        <translation>清除动量</translation>
    </message>
    <message>
        <source>The optimizer forgets what it knows of the whole table, before the next step.</source>
        <translation>在下一步之前，优化器忘记有关整个表的记录。</translation>
    </message>
    <message>
        <source>L1</source>
        <translation>L1</translation>
    </message>
    <message>
        <source>L2</source>
        <translation>L2</translation>
    </message>
    <message>
        <source>L3</source>
        <translation>L3</translation>
    </message>
</context>
<context>
    <name>embedscope::LoadReportDialog</name>
    <message>
        <source>Load Report: %1</source>
        <translation>加载报告：%1</translation>
    </message>
    <message>
        <source>&amp;Copy as Text</source>
        <translation>复制为文本(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Repair and Save a Clean Copy…</source>
        <translation>修复并保存干净副本(&amp;R)…</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>What was read</source>
        <translation>读取的内容</translation>
    </message>
    <message>
        <source>What was looked for</source>
        <translation>检查的项目</translation>
    </message>
</context>
<context>
    <name>embedscope::MainWindow</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>&amp;Open Vectors…</source>
        <translation>打开向量(&amp;O)…</translation>
    </message>
    <message>
        <source>Open Vectors</source>
        <translation>打开向量</translation>
    </message>
    <message>
        <source>Open &amp;Text…</source>
        <translation>打开文本(&amp;T)…</translation>
    </message>
    <message>
        <source>Labelled sentences to train on.</source>
        <translation>用于训练的带标签句子。</translation>
    </message>
    <message>
        <source>Open Text</source>
        <translation>打开文本</translation>
    </message>
    <message>
        <source>Open the &amp;Sample</source>
        <translation>打开示例(&amp;S)</translation>
    </message>
    <message>
        <source>Sentences that come with the program, and a fresh table for their words.</source>
        <translation>程序自带的句子，以及为其中的词新建的表。</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>导出(&amp;E)…</translation>
    </message>
    <message>
        <source>Writes the table or the trained model for PyTorch, gensim and others.</source>
        <translation>写出表或训练好的模型，供 PyTorch、gensim 等使用。</translation>
    </message>
    <message>
        <source>Save Training &amp;Run…</source>
        <translation>保存训练运行(&amp;R)…</translation>
    </message>
    <message>
        <source>A folder with weights, vocabulary and log, which the headless tool can predict with and replay.</source>
        <translation>包含权重、词表和日志的文件夹，命令行工具可用它预测和重放。</translation>
    </message>
    <message>
        <source>Save Training Run</source>
        <translation>保存训练运行</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>&amp;Explore</source>
        <translation>探索(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Train</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>查找(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Command Palette…</source>
        <translation>命令面板(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Filter Vocabulary</source>
        <translation>筛选词表(&amp;F)</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>&amp;Reset Layout</source>
        <translation>恢复布局(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>适合窗口(&amp;F)</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>&amp;Start Training</source>
        <translation>开始训练(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>S&amp;ingle Step</source>
        <translation>单步(&amp;I)</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Embedscope</source>
        <translation>关于 Embedscope(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>Open &amp;Recent</source>
        <translation>打开最近的文件(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Ta&amp;ble</source>
        <translation>表(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Map</source>
        <translation>地图(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>C&amp;olours</source>
        <translation>配色(&amp;O)</translation>
    </message>
    <message>
        <source>As the &amp;System</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Go On</source>
        <translation>继续(&amp;G)</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Norms</source>
        <translation>范数</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Main</source>
        <translation>主工具栏</translation>
    </message>
    <message>
        <source>Arrangement</source>
        <translation>布局</translation>
    </message>
    <message>
        <source>Explore</source>
        <translation>探索</translation>
    </message>
    <message>
        <source>Look at the vectors (Ctrl+1).</source>
        <translation>查看向量（Ctrl+1）。</translation>
    </message>
    <message>
        <source>Train a classifier on them (Ctrl+2).</source>
        <translation>用它们训练分类器（Ctrl+2）。</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
    <message>
        <source>Embedscope</source>
        <translation>Embedscope</translation>
    </message>
    <message>
        <source>%1 rows</source>
        <translation>%1 行</translation>
    </message>
    <message>
        <source>Training: epoch %1, step %2 of %3</source>
        <translation>训练中：第 %1 轮，第 %2 步，共 %3 步</translation>
    </message>
    <message>
        <source>Paused after step %1 of %2</source>
        <translation>已暂停：第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>Trained for %1 steps</source>
        <translation>已训练 %1 步</translation>
    </message>
    <message>
        <source> · %1 tokens/s</source>
        <translation> · 每秒 %1 个词元</translation>
    </message>
    <message>
        <source>Begins a run with the sentences, model and switches of the training panel.</source>
        <translation>用训练面板中的句子、模型和开关开始一次运行。</translation>
    </message>
    <message>
        <source>Pauses the run, or goes on.</source>
        <translation>暂停或继续运行。</translation>
    </message>
    <message>
        <source>One batch, then pause.</source>
        <translation>一个批次，然后暂停。</translation>
    </message>
    <message>
        <source>Ends the run and keeps what was learned.</source>
        <translation>结束运行并保留学到的内容。</translation>
    </message>
    <message>
        <source>Try a Sentence</source>
        <translation>试一个句子</translation>
    </message>
    <message>
        <source>Every validation sentence is taken for &quot;%1&quot;: the model has collapsed to one class. Try a smaller learning rate, balanced class weights or more epochs.</source>
        <translation>所有验证句子都被判为“%1”：模型已塌缩到一个类别。请尝试更小的学习率、均衡的类别权重或更多轮。</translation>
    </message>
    <message numerus="yes">
        <source>Stopped early after epoch %1: the validation accuracy did not get better for %n epoch(s).</source>
        <translation>
            <numerusform>在第 %1 轮后提前停止：验证准确率已连续 %n 轮没有提高。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 looks like ratings: user, item, rating.</source>
        <translation>%1 看起来是评分：用户、物品、评分。</translation>
    </message>
    <message>
        <source>Train a Recommender on It</source>
        <translation>用它训练推荐模型</translation>
    </message>
    <message>
        <source>RMSE on the held-out ratings: %1; with mean and biases alone it is %2.</source>
        <translation>留出评分上的 RMSE：%1；只用均值和偏置为 %2。</translation>
    </message>
    <message>
        <source>Recall at 10 on the held-out ratings: %1; recommending what is popular reaches %2.</source>
        <translation>留出评分上前 10 项的召回率：%1；推荐热门物品可达 %2。</translation>
    </message>
    <message>
        <source>Open &amp;Ratings…</source>
        <translation>打开评分(&amp;R)…</translation>
    </message>
    <message>
        <source>Lines of user, item and rating, to train a recommender on.</source>
        <translation>由用户、物品和评分组成的行，用于训练推荐模型。</translation>
    </message>
    <message>
        <source>Train &amp;Recommender</source>
        <translation>训练推荐模型(&amp;R)</translation>
    </message>
    <message>
        <source>Learns vectors of users and items from the open ratings.</source>
        <translation>从已打开的评分学习用户和物品的向量。</translation>
    </message>
    <message>
        <source>Open Ratings</source>
        <translation>打开评分</translation>
    </message>
    <message>
        <source>Any file of vectors, such as GloVe, word2vec, fastText, NumPy, safetensors, PyTorch or CSV; the format is found by content.</source>
        <translation>任何向量文件，例如 GloVe、word2vec、fastText、NumPy、safetensors、PyTorch 或 CSV；格式按内容识别。</translation>
    </message>
    <message>
        <source>Open with Pre&amp;view…</source>
        <translation>打开并预览(&amp;V)…</translation>
    </message>
    <message>
        <source>Shows what a file would be read as, and lets each guess be changed.</source>
        <translation>显示文件将按什么读取，并可更改每一项猜测。</translation>
    </message>
    <message>
        <source>&amp;Load Report</source>
        <translation>加载报告(&amp;L)</translation>
    </message>
    <message>
        <source>What was found while the table was read, and what it means.</source>
        <translation>读取表时发现了什么，以及它们的含义。</translation>
    </message>
    <message>
        <source>&amp;Repair and Save a Clean Copy…</source>
        <translation>修复并保存干净副本(&amp;R)…</translation>
    </message>
    <message>
        <source>Writes the table again without what is wrong in it; the open one stays as it is.</source>
        <translation>去掉其中的问题后重新写出表；已打开的表保持不变。</translation>
    </message>
    <message>
        <source>&amp;Attach Metadata…</source>
        <translation>附加元数据(&amp;A)…</translation>
    </message>
    <message>
        <source>Joins a list of tokens or a TSV or CSV file with counts, classes and the like.</source>
        <translation>合并词元列表，或含有计数、类别等的 TSV 或 CSV 文件。</translation>
    </message>
    <message>
        <source>Attach Metadata</source>
        <translation>附加元数据</translation>
    </message>
    <message>
        <source>the names of the rows</source>
        <translation>各行的名称</translation>
    </message>
    <message>
        <source>%1 (numbers)</source>
        <translation>%1（数值）</translation>
    </message>
    <message>
        <source>%1 (categories)</source>
        <translation>%1（类别）</translation>
    </message>
    <message>
        <source>%1 tells nothing of the rows but their names.</source>
        <translation>%1 除了名称以外没有各行的信息。</translation>
    </message>
    <message>
        <source>Attached from %1: %2.</source>
        <translation>从 %1 附加：%2。</translation>
    </message>
    <message>
        <source>Matched by token; rows with data: %1, without: %2, records of no row: %3.</source>
        <translation>按词元匹配；有数据的行：%1，没有数据的行：%2，没有对应行的记录：%3。</translation>
    </message>
    <message>
        <source>Matched by order, one record a row: %1.</source>
        <translation>按顺序匹配，每行一条记录：%1。</translation>
    </message>
    <message>
        <source>Save Sess&amp;ion</source>
        <translation>保存会话(&amp;I)</translation>
    </message>
    <message>
        <source>One file with table, map, run and window, to go on from later.</source>
        <translation>包含表、地图、运行和窗口的单个文件，供以后继续。</translation>
    </message>
    <message>
        <source>Save Session &amp;As…</source>
        <translation>会话另存为(&amp;A)…</translation>
    </message>
    <message>
        <source>The same under another name.</source>
        <translation>以另一个名称保存同样的内容。</translation>
    </message>
    <message>
        <source>&amp;Keep Everything Inside</source>
        <translation>全部保存在内(&amp;K)</translation>
    </message>
    <message>
        <source>On: a session holds its sentences and large tables too, so that it can be taken elsewhere alone. Off: it names their files.</source>
        <translation>开：会话中也包含句子和大的表，可以单独带到别处。关：会话只记下它们的文件。</translation>
    </message>
    <message>
        <source>Saved %1</source>
        <translation>已保存 %1</translation>
    </message>
    <message>
        <source>%1[*] - Embedscope</source>
        <translation>%1[*] - Embedscope</translation>
    </message>
    <message>
        <source>Save Session</source>
        <translation>保存会话</translation>
    </message>
    <message>
        <source>Embedscope sessions (*.embedscope)</source>
        <translation>Embedscope 会话 (*.embedscope)</translation>
    </message>
    <message>
        <source>Save the session? What was trained since it was last saved would be lost.</source>
        <translation>保存会话吗？否则上次保存之后训练的内容会丢失。</translation>
    </message>
    <message>
        <source>Find the File…</source>
        <translation>查找文件…</translation>
    </message>
    <message>
        <source>Find the File</source>
        <translation>查找文件</translation>
    </message>
    <message>
        <source>The last session ended unexpectedly while training (step %1, %2).</source>
        <translation>上次会话在训练时意外结束（第 %1 步，%2）。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source> · %1 selected</source>
        <translation> · 选中 %1 行</translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation>选择(&amp;S)</translation>
    </message>
</context>
<context>
    <name>embedscope::MapColours</name>
    <message>
        <source>Colour by</source>
        <translation>着色依据</translation>
    </message>
    <message>
        <source>What the colour of a point tells.</source>
        <translation>点的颜色表示什么。</translation>
    </message>
    <message>
        <source>Dimension that the colour tells</source>
        <translation>颜色所表示的维</translation>
    </message>
    <message>
        <source>Which dimension of the vectors, counted from 0.</source>
        <translation>向量的哪一维，从 0 数起。</translation>
    </message>
    <message>
        <source>Number of clusters</source>
        <translation>簇数</translation>
    </message>
    <message>
        <source>How many clusters are looked for among the vectors.
Technical name: n_clusters of k-means, seed 0.</source>
        <translation>在向量中寻找多少个簇。
技术名称：k-means 的 n_clusters，种子 0。</translation>
    </message>
    <message>
        <source>Colour: class</source>
        <translation>颜色：类别</translation>
    </message>
    <message>
        <source>Colour: %1</source>
        <translation>颜色：%1</translation>
    </message>
    <message>
        <source>Colour: norm</source>
        <translation>颜色：范数</translation>
    </message>
    <message>
        <source>Colour: dimension</source>
        <translation>颜色：维</translation>
    </message>
    <message>
        <source>Colour: clusters of the vectors</source>
        <translation>颜色：向量的簇</translation>
    </message>
    <message>
        <source>Colour: clusters on the map</source>
        <translation>颜色：地图上的簇</translation>
    </message>
    <message>
        <source>Colour: none</source>
        <translation>颜色：无</translation>
    </message>
    <message>
        <source>norm (L2)</source>
        <translation>范数 (L2)</translation>
    </message>
    <message>
        <source>dimension %1</source>
        <translation>第 %1 维</translation>
    </message>
    <message>
        <source>Clusters of the vectors</source>
        <translation>向量的簇</translation>
    </message>
    <message>
        <source>Clusters on the map</source>
        <translation>地图上的簇</translation>
    </message>
    <message>
        <source>cluster %1</source>
        <translation>簇 %1</translation>
    </message>
</context>
<context>
    <name>embedscope::MapHonesty</name>
    <message>
        <source>&amp;Trustworthiness</source>
        <translation>可信度(&amp;T)</translation>
    </message>
    <message>
        <source>Are neighbours on the map neighbours in the space? 1 means all of them. Choose it to see it as colour.</source>
        <translation>地图上的近邻在原空间中也是近邻吗？1 表示全部都是。选择它可用颜色显示。</translation>
    </message>
    <message>
        <source>&amp;Continuity</source>
        <translation>连续性(&amp;C)</translation>
    </message>
    <message>
        <source>Are neighbours in the space neighbours on the map? 1 means all of them. Choose it to see it as colour.</source>
        <translation>原空间中的近邻在地图上也是近邻吗？1 表示全部都是。选择它可用颜色显示。</translation>
    </message>
    <message>
        <source>True neighbours &amp;kept</source>
        <translation>保留的真近邻(&amp;K)</translation>
    </message>
    <message>
        <source>Share of the 30 nearest in the space that are among the 30 nearest on the map. Choose it to see it as colour.</source>
        <translation>原空间中最近的 30 个里，也属于地图上最近 30 个的比例。选择它可用颜色显示。</translation>
    </message>
    <message>
        <source>&amp;Judge the Map Now</source>
        <translation>立即评判地图(&amp;J)</translation>
    </message>
    <message>
        <source>Compares 2,000 points, or all of up to 5,000, with all others.</source>
        <translation>把 2,000 个点（不超过 5,000 个点时为全部）与所有其他点比较。</translation>
    </message>
    <message>
        <source>&amp;Lines to True Neighbours</source>
        <translation>到真近邻的连线(&amp;L)</translation>
    </message>
    <message>
        <source>From the selected word to its 12 nearest in the space: solid where the map keeps them, dashed where it tore them away; rings where it shows others beside it without cause.</source>
        <translation>从选中的词到原空间中离它最近的 12 个：地图保留的为实线，被地图拉开的为虚线；圆圈表示地图无故放在它旁边的其他词。</translation>
    </message>
    <message>
        <source>Trust –</source>
        <translation>可信度 –</translation>
    </message>
    <message>
        <source>Trust %1, outdated</source>
        <translation>可信度 %1，已过时</translation>
    </message>
    <message>
        <source>Trust %1 · kept %2</source>
        <translation>可信度 %1 · 保留 %2</translation>
    </message>
    <message>
        <source>How far the map can be believed.</source>
        <translation>地图在多大程度上可信。</translation>
    </message>
    <message>
        <source>Judged by %1 points.</source>
        <translation>按 %1 个点评判。</translation>
    </message>
    <message>
        <source>The map has moved since.</source>
        <translation>此后地图有变动。</translation>
    </message>
    <message>
        <source>trustworthiness</source>
        <translation>可信度</translation>
    </message>
    <message>
        <source>continuity</source>
        <translation>连续性</translation>
    </message>
    <message>
        <source>true neighbours kept</source>
        <translation>保留的真近邻</translation>
    </message>
    <message>
        <source>Comparing neighbours</source>
        <translation>正在比较近邻</translation>
    </message>
</context>
<context>
    <name>embedscope::MapPanel</name>
    <message>
        <source>Open vectors or labelled sentences to see their map.</source>
        <translation>打开向量或带标签的句子以查看地图。</translation>
    </message>
    <message>
        <source>PCA</source>
        <translation>PCA</translation>
    </message>
    <message>
        <source>Centred principal components of all rows, exact: the directions in which the vectors vary most.</source>
        <translation>全部行的中心化主成分，精确计算：向量变化最大的方向。</translation>
    </message>
    <message>
        <source>Axes follow the table</source>
        <translation>坐标轴跟随表</translation>
    </message>
    <message>
        <source>On: the principal components are found anew as the table moves. Off: the axes of the first step are held, so that movement on screen is movement of the vectors.</source>
        <translation>开：表移动时重新计算主成分。关：保持第一步的坐标轴，屏幕上的移动就是向量的移动。</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适合窗口</translation>
    </message>
    <message>
        <source>Shows all points (Home).</source>
        <translation>显示所有点（Home）。</translation>
    </message>
    <message>
        <source>PCA of step %1, centred · %2</source>
        <translation>第 %1 步的 PCA，中心化 · %2</translation>
    </message>
    <message>
        <source>Step %1 on the axes of an earlier step · %2</source>
        <translation>第 %1 步，坐标轴取自更早的一步 · %2</translation>
    </message>
    <message>
        <source>PCA · centred, exact · %1</source>
        <translation>PCA · 中心化，精确 · %1</translation>
    </message>
    <message>
        <source>PC %1 (there is none: the vectors have one dimension)</source>
        <translation>PC %1（不存在：向量只有一维）</translation>
    </message>
    <message>
        <source>PC %1 (%2 % of variance)</source>
        <translation>PC %1（占方差 %2 %）</translation>
    </message>
    <message>
        <source>%1
row %2, norm %3</source>
        <translation>%1
第 %2 行，范数 %3</translation>
    </message>
    <message>
        <source>Map settings</source>
        <translation>地图设置</translation>
    </message>
    <message>
        <source>Shows or hides the settings of the map.</source>
        <translation>显示或隐藏地图的设置。</translation>
    </message>
    <message>
        <source>Kind of map</source>
        <translation>地图种类</translation>
    </message>
    <message>
        <source>t-SNE</source>
        <translation>t-SNE</translation>
    </message>
    <message>
        <source>Keeps neighbours together and clusters apart; distances between clusters and their sizes mean little.</source>
        <translation>使近邻聚在一起、簇彼此分开；簇间的距离和簇的大小意义不大。</translation>
    </message>
    <message>
        <source>UMAP</source>
        <translation>UMAP</translation>
    </message>
    <message>
        <source>Keeps neighbours together, with more of the large shape than t-SNE; distances between clusters mean little.</source>
        <translation>使近邻聚在一起，比 t-SNE 保留更多整体形状；簇间的距离意义不大。</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>自选轴</translation>
    </message>
    <message>
        <source>Axes of your choice: from one word to another, the norm, a dimension, a column.</source>
        <translation>自选的轴：从一个词到另一个词、范数、某一维或某一列。</translation>
    </message>
    <message>
        <source>Dimensions of the map</source>
        <translation>地图的维数</translation>
    </message>
    <message>
        <source>2-D</source>
        <translation>二维</translation>
    </message>
    <message>
        <source>A flat map.</source>
        <translation>平面地图。</translation>
    </message>
    <message>
        <source>3-D</source>
        <translation>三维</translation>
    </message>
    <message>
        <source>A map in space, which the mouse rotates. t-SNE and UMAP are made anew.</source>
        <translation>空间中的地图，可用鼠标旋转。t-SNE 和 UMAP 会重新计算。</translation>
    </message>
    <message>
        <source>Axes of your choice, exact · %1</source>
        <translation>自选轴，精确 · %1</translation>
    </message>
    <message>
        <source>PCA · centred, whitened, exact · %1</source>
        <translation>PCA · 中心化，白化，精确 · %1</translation>
    </message>
    <message>
        <source>of the table before it changed</source>
        <translation>表改变之前的地图</translation>
    </message>
    <message>
        <source>of other rows</source>
        <translation>其他行的地图</translation>
    </message>
    <message>
        <source>settings changed</source>
        <translation>设置已更改</translation>
    </message>
    <message>
        <source>PC %1 (there is none)</source>
        <translation>PC %1（不存在）</translation>
    </message>
    <message>
        <source>PC %1 over its deviation (%2 % of variance)</source>
        <translation>PC %1 除以其标准差（占方差 %2 %）</translation>
    </message>
    <message numerus="yes">
        <source>PCA · centred, without the first %n component(s), exact · %1</source>
        <translation>
            <numerusform>PCA · 中心化，略去前 %n 个成分，精确 · %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>embedscope::MapPointsSection</name>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>Approximate</source>
        <translation>近似</translation>
    </message>
    <message>
        <source>PCA</source>
        <translation>PCA</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Spectral</source>
        <translation>谱</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>近邻</translation>
    </message>
    <message>
        <source>Exact compares all pairs. Approximate looks only at rows nearby and is faster for many rows; which share of the true neighbours it found is measured and shown. Automatic takes exact as long as it is quick.</source>
        <translation>精确：比较所有的对。近似：只看附近的行，行多时更快；会测量并显示它找到了多大比例的真近邻。自动：只要够快就用精确。</translation>
    </message>
    <message>
        <source>Dimensions used</source>
        <translation>使用的维数</translation>
    </message>
    <message>
        <source>Neighbours are looked for in this many principal components; fewer are faster and leave out noise.</source>
        <translation>在这么多个主成分中查找近邻；越少越快，并能去掉噪声。</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>初始位置</translation>
    </message>
    <message>
        <source>Where the points begin. From principal components the map keeps the large shape of the table and is the same each time.</source>
        <translation>点从哪里开始。从主成分开始，地图保留表的整体形状，并且每次都相同。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>The same seed gives the same map; another one shows what in it is chance.</source>
        <translation>相同的种子得到相同的地图；换一个种子可看出其中哪些出于偶然。</translation>
    </message>
</context>
<context>
    <name>embedscope::MapQualityRun</name>
    <message>
        <source>Judging the map</source>
        <translation>正在评判地图</translation>
    </message>
</context>
<context>
    <name>embedscope::MapRun</name>
    <message>
        <source>t-SNE map</source>
        <translation>t-SNE 地图</translation>
    </message>
    <message>
        <source>UMAP map</source>
        <translation>UMAP 地图</translation>
    </message>
</context>
<context>
    <name>embedscope::MapRunControls</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Makes the map from the start, by the settings above.</source>
        <translation>按上面的设置从头计算地图。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Holds the points where they are; Continue lets them move again.</source>
        <translation>让点停在当前位置；“继续”让它们再次移动。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Ends the run and keeps the map as it is now.</source>
        <translation>结束运行，地图保持现在的样子。</translation>
    </message>
    <message>
        <source>Go On</source>
        <translation>接着运行</translation>
    </message>
    <message>
        <source>Goes on from where the points are, by the settings above: at once while the map is made, else for 250 more steps or as many as are set.</source>
        <translation>按上面的设置从点的当前位置接着运行：地图正在计算时立即生效，否则再走 250 步或所设的步数。</translation>
    </message>
    <message>
        <source>Shake</source>
        <translation>抖动</translation>
    </message>
    <message>
        <source>Moves every point a little at random and goes on: what falls back into place was no accident. For t-SNE.</source>
        <translation>把每个点随机移动一点，再接着运行：能回到原位的就不是偶然。用于 t-SNE。</translation>
    </message>
    <message>
        <source>Start Over</source>
        <translation>从头开始</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>No map yet. Up to %1 rows it starts by itself, above that with Run.</source>
        <translation>还没有地图。不超过 %1 行时自动开始，超过时请按“运行”。</translation>
    </message>
    <message>
        <source>The table has changed since this map. Run makes a new one.</source>
        <translation>此地图之后表已改变。“运行”会重新计算。</translation>
    </message>
    <message>
        <source>This map is of other rows. Run makes a new one.</source>
        <translation>此地图是其他行的。“运行”会重新计算。</translation>
    </message>
    <message>
        <source>Settings have changed since this map. Run makes a new one.</source>
        <translation>此地图之后设置已更改。“运行”会重新计算。</translation>
    </message>
    <message>
        <source>KL %1</source>
        <translation>KL %1</translation>
    </message>
</context>
<context>
    <name>embedscope::MapSettings</name>
    <message>
        <source>Map settings</source>
        <translation>地图设置</translation>
    </message>
    <message>
        <source>Hides the settings; they stay as they are.</source>
        <translation>隐藏设置；设置本身保持不变。</translation>
    </message>
    <message>
        <source>Hide map settings</source>
        <translation>隐藏地图设置</translation>
    </message>
</context>
<context>
    <name>embedscope::MapShapes</name>
    <message>
        <source>Size of dots</source>
        <translation>点的大小</translation>
    </message>
    <message>
        <source>Larger dots for larger values of a column.</source>
        <translation>列的数值越大，点越大。</translation>
    </message>
    <message>
        <source>Opacity of dots</source>
        <translation>点的不透明度</translation>
    </message>
    <message>
        <source>Fainter dots for smaller values of a column.</source>
        <translation>列的数值越小，点越淡。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>范数</translation>
    </message>
</context>
<context>
    <name>embedscope::MapTools</name>
    <message>
        <source>Select by rectangle</source>
        <translation>矩形选择</translation>
    </message>
    <message>
        <source>Drag a rectangle around rows to select them (B). Shift adds, Ctrl or Alt removes, Escape clears.</source>
        <translation>拖出矩形框住各行即可选中（B）。Shift 添加，Ctrl 或 Alt 移除，Esc 清除。</translation>
    </message>
    <message>
        <source>Select by lasso</source>
        <translation>套索选择</translation>
    </message>
    <message>
        <source>Draw around rows to select them (L). Shift adds, Ctrl or Alt removes, Escape clears.</source>
        <translation>绕着各行画圈即可选中（L）。Shift 添加，Ctrl 或 Alt 移除，Esc 清除。</translation>
    </message>
</context>
<context>
    <name>embedscope::MapView</name>
    <message>
        <source>%1
row %2</source>
        <translation>%1
第 %2 行</translation>
    </message>
    <message>
        <source>No row of this map has finite coordinates.</source>
        <translation>此地图没有坐标有限的行。</translation>
    </message>
    <message>
        <source>Open word vectors to see them as a map.</source>
        <translation>打开词向量以查看地图。</translation>
    </message>
    <message>
        <source>Map of the vectors</source>
        <translation>向量的地图</translation>
    </message>
    <message>
        <source>1 point.</source>
        <translation>1 个点。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln points.</source>
        <translation>
            <numerusform>%Ln 个点。</numerusform>
        </translation>
    </message>
    <message>
        <source>Selected: %1.</source>
        <translation>选中：%1。</translation>
    </message>
    <message>
        <source>Arrow keys move, plus and minus zoom, Home shows all, Escape clears the selection.</source>
        <translation>方向键移动，加减号缩放，Home 显示全部，Esc 取消选中。</translation>
    </message>
    <message>
        <source>Ctrl and arrow keys turn the map, R lets it turn by itself.</source>
        <translation>Ctrl 加方向键转动地图，R 让它自行转动。</translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) chosen.</source>
        <translation>
            <numerusform>已选中 %Ln 行。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln true neighbour(s) kept</source>
        <translation>
            <numerusform>保留 %Ln 个真近邻</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln torn away</source>
        <translation>
            <numerusform>%Ln 个被拉开</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln near on the map only</source>
        <translation>
            <numerusform>%Ln 个只在地图上靠近</numerusform>
        </translation>
    </message>
    <message>
        <source>Click hides, double-click isolates</source>
        <translation>单击隐藏，双击只显示该类</translation>
    </message>
</context>
<context>
    <name>embedscope::MessageBar</name>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Information</source>
        <translation>信息</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Copy the message</source>
        <translation>复制消息</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>关闭消息</translation>
    </message>
    <message>
        <source>Details of the message</source>
        <translation>消息的详情</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>另有 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Other action</source>
        <translation>其他操作</translation>
    </message>
</context>
<context>
    <name>embedscope::ModelSection</name>
    <message>
        <source>The open table</source>
        <translation>已打开的表</translation>
    </message>
    <message>
        <source>A fresh table</source>
        <translation>新表</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>The vectors that are open, or new ones drawn from N(0, 1) by the seed.</source>
        <translation>已打开的向量，或按种子从 N(0, 1) 抽取的新向量。</translation>
    </message>
    <message>
        <source>Given by the open table: %1.</source>
        <translation>由已打开的表决定：%1。</translation>
    </message>
    <message>
        <source>50-100 for small data sets, 100-300 for medium, 300-500 for large ones.</source>
        <translation>小数据集 50-100，中等 100-300，大数据集 300-500。</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
</context>
<context>
    <name>embedscope::NeighborsModel</name>
    <message>
        <source>%1: row %2, cosine of the angle %3</source>
        <translation>%1：第 %2 行，夹角余弦 %3</translation>
    </message>
    <message>
        <source>%1: row %2, Euclidean distance %3 (shorter is nearer)</source>
        <translation>%1：第 %2 行，欧几里得距离 %3（越小越近）</translation>
    </message>
    <message>
        <source>%1: row %2, dot product %3</source>
        <translation>%1：第 %2 行，点积 %3</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
</context>
<context>
    <name>embedscope::NeighborsSection</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>euclidean</source>
        <translation>欧几里得</translation>
    </message>
    <message>
        <source>dot product</source>
        <translation>点积</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>度量</translation>
    </message>
    <message>
        <source>How nearness is measured on the vectors as they are: the cosine of the angle, the Euclidean distance (shorter is nearer) or the dot product.</source>
        <translation>在原始向量上如何衡量远近：夹角余弦、欧几里得距离（越小越近）或点积。</translation>
    </message>
    <message>
        <source>Number of neighbours</source>
        <translation>近邻个数</translation>
    </message>
    <message>
        <source>How many neighbours are shown (k).</source>
        <translation>显示多少个近邻（k）。</translation>
    </message>
    <message>
        <source>Copy the neighbours</source>
        <translation>复制近邻</translation>
    </message>
    <message>
        <source>Copies tokens and scores as text, separated by tabs.</source>
        <translation>把词元和得分复制为以制表符分隔的文本。</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>近邻</translation>
    </message>
    <message>
        <source>Finding neighbours</source>
        <translation>正在查找近邻</translation>
    </message>
</context>
<context>
    <name>embedscope::NormHistogram</name>
    <message>
        <source>norm (L2)</source>
        <translation>范数 (L2)</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行数</translation>
    </message>
    <message>
        <source>Histogram of the norms</source>
        <translation>范数直方图</translation>
    </message>
    <message>
        <source>%1 to %2: %3</source>
        <extracomment>%1 and %2 are norms, %3 is the number of rows between them</extracomment>
        <translation>%1 到 %2：%3</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rows</source>
        <translation>
            <numerusform>%Ln 行</numerusform>
        </translation>
    </message>
    <message>
        <source>No norms yet.</source>
        <translation>还没有范数。</translation>
    </message>
    <message>
        <source>Norms from %1 to %2.</source>
        <translation>范数从 %1 到 %2。</translation>
    </message>
    <message>
        <source>1 row above</source>
        <translation>1 行超过</translation>
    </message>
    <message numerus="yes">
        <source>%Ln rows above</source>
        <translation>
            <numerusform>%Ln 行超过</numerusform>
        </translation>
    </message>
    <message>
        <source>Open word vectors to see how their norms spread.</source>
        <translation>打开词向量以查看范数的分布。</translation>
    </message>
</context>
<context>
    <name>embedscope::OverflowBar</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>What has no room in this row.</source>
        <translation>此行放不下的项目。</translation>
    </message>
</context>
<context>
    <name>embedscope::PcaMap</name>
    <message>
        <source>Principal components</source>
        <translation>正在计算主成分</translation>
    </message>
</context>
<context>
    <name>embedscope::PcaSection</name>
    <message>
        <source>Scree plot</source>
        <translation>碎石图</translation>
    </message>
    <message>
        <source>Loadings</source>
        <translation>载荷</translation>
    </message>
    <message>
        <source>Axis whose loadings are shown</source>
        <translation>显示哪个轴的载荷</translation>
    </message>
    <message>
        <source>Of which dimensions of the vectors an axis is made: the largest weights, with their sign.
Technical name: loadings, the entries of the component.</source>
        <translation>一个轴由向量的哪些维构成：最大的权重及其符号。
技术名称：loadings，即主成分的各分量。</translation>
    </message>
    <message>
        <source>Across</source>
        <translation>横轴</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>纵轴</translation>
    </message>
    <message>
        <source>Deep</source>
        <translation>深度轴</translation>
    </message>
    <message>
        <source>The principal component on this axis, with its share of the variance.</source>
        <translation>此轴上的主成分，及其所占的方差比例。</translation>
    </message>
    <message>
        <source>Same spread on all axes</source>
        <translation>各轴离散程度相同</translation>
    </message>
    <message>
        <source>Divides each axis by its standard deviation, so that a component of little variance is seen as well as the first one.</source>
        <translation>每个轴除以其标准差，使方差小的成分与第一个成分看得同样清楚。</translation>
    </message>
    <message>
        <source>PC %1 · %2 %</source>
        <translation>PC %1 · %2 %</translation>
    </message>
    <message>
        <source>PC %1</source>
        <translation>PC %1</translation>
    </message>
    <message>
        <source>Without the first</source>
        <translation>略去前几个</translation>
    </message>
    <message>
        <source>Leaves out the mean, which no principal component holds, and the largest components, which carry frequency more than meaning (Mu and Viswanath 2018): the map begins with the next one. Table &gt; Remove Mean and Top Components makes vectors without them.</source>
        <translation>略去均值（主成分本来就不含均值）和最大的几个成分，它们反映词频多于词义（Mu and Viswanath 2018）：地图从下一个成分开始。“表”&gt;“去除均值和最大成分”可生成不含它们的向量。</translation>
    </message>
</context>
<context>
    <name>embedscope::PlacedPoints</name>
    <message>
        <source>Placing points</source>
        <translation>正在放置点</translation>
    </message>
</context>
<context>
    <name>embedscope::PlacedSection</name>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Placed points</source>
        <translation>放置的点</translation>
    </message>
    <message>
        <source>king - man + woman</source>
        <translation>king - man + woman</translation>
    </message>
    <message>
        <source>Word, formula or sentence to place on the map</source>
        <translation>要放到地图上的词、公式或句子</translation>
    </message>
    <message>
        <source>A word, a formula, or a sentence, of whose words the mean is taken. On t-SNE and UMAP maps a new point lies between its nearest rows, on principal components and axes where it belongs exactly; the map stays as it is. Takes effect with Enter.</source>
        <translation>一个词、一个公式，或一个句子（取其中各词的均值）。在 t-SNE 和 UMAP 地图上，新的点位于离它最近的行之间；在主成分和自选轴上，位于它精确的位置。地图保持不变。按 Enter 生效。</translation>
    </message>
    <message>
        <source>Takes the chosen point away (Delete).</source>
        <translation>移除选中的点（Delete）。</translation>
    </message>
    <message>
        <source>Takes all placed points away.</source>
        <translation>移除所有放置的点。</translation>
    </message>
    <message>
        <source>The mean of its words.</source>
        <translation>其中各词的均值。</translation>
    </message>
    <message>
        <source>Not in the vocabulary, composed from their parts: %1.</source>
        <translation>不在词表中，由其各部分合成：%1。</translation>
    </message>
    <message>
        <source>Not in the vocabulary, left out: %1.</source>
        <translation>不在词表中，已略去：%1。</translation>
    </message>
</context>
<context>
    <name>embedscope::PreviewTableModel</name>
    <message>
        <source>Token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>另有 %1 个</translation>
    </message>
</context>
<context>
    <name>embedscope::RatingsSection</name>
    <message>
        <source>Squared error</source>
        <translation>平方误差</translation>
    </message>
    <message>
        <source>BPR</source>
        <translation>BPR</translation>
    </message>
    <message>
        <source>Softmax</source>
        <translation>Softmax</translation>
    </message>
    <message>
        <source>Train Recommender</source>
        <translation>训练推荐模型</translation>
    </message>
    <message>
        <source>Learns a vector for each user and item; a tenth of the ratings is held out to measure it.</source>
        <translation>为每个用户和物品学习一个向量；留出十分之一的评分用于衡量。</translation>
    </message>
    <message>
        <source>Show Items</source>
        <translation>显示物品</translation>
    </message>
    <message>
        <source>Opens the vectors of the items as the table on the map.</source>
        <translation>把物品的向量作为表在地图上打开。</translation>
    </message>
    <message>
        <source>Show Users</source>
        <translation>显示用户</translation>
    </message>
    <message>
        <source>Opens the vectors of the users as the table on the map.</source>
        <translation>把用户的向量作为表在地图上打开。</translation>
    </message>
    <message>
        <source>%1 ratings of %2 items by %3 users</source>
        <translation>%3 个用户对 %2 个物品的 %1 个评分</translation>
    </message>
</context>
<context>
    <name>embedscope::RecentFiles</name>
    <message>
        <source>&amp;Clear List</source>
        <translation>清空列表(&amp;C)</translation>
    </message>
    <message>
        <source>today %1</source>
        <translation>今天 %1</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message numerus="yes">
        <source>%n days ago</source>
        <translation>
            <numerusform>%n 天前</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>embedscope::RecommenderRun</name>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>Training a recommender</source>
        <translation>正在训练推荐模型</translation>
    </message>
    <message>
        <source>%1, items</source>
        <translation>%1，物品</translation>
    </message>
    <message>
        <source>%1, users</source>
        <translation>%1，用户</translation>
    </message>
    <message>
        <source>Making the table</source>
        <translation>正在建立表</translation>
    </message>
</context>
<context>
    <name>embedscope::RepairDialog</name>
    <message>
        <source>None was found.</source>
        <translation>没有发现。</translation>
    </message>
    <message>
        <source>Found: %1.</source>
        <translation>发现：%1。</translation>
    </message>
    <message>
        <source>Repair and Save a Clean Copy</source>
        <translation>修复并保存干净副本</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>What to mend</source>
        <translation>修复内容</translation>
    </message>
    <message>
        <source>Repeated &amp;tokens</source>
        <translation>重复的词元(&amp;T)</translation>
    </message>
    <message>
        <source>Rows with &amp;NaN</source>
        <translation>含 NaN 的行(&amp;N)</translation>
    </message>
    <message>
        <source>Drop rows of &amp;zeros</source>
        <translation>删除全零的行(&amp;Z)</translation>
    </message>
    <message>
        <source>Make tokens &amp;UTF-8</source>
        <translation>把词元转为 UTF-8(&amp;U)</translation>
    </message>
    <message>
        <source>Each ill-formed byte becomes U+FFFD. %1</source>
        <translation>每个不合规的字节变为 U+FFFD。%1</translation>
    </message>
    <message>
        <source>Replace &amp;blanks in tokens by</source>
        <translation>词元中的空格替换为(&amp;B)</translation>
    </message>
    <message>
        <source>The word2vec formats cannot express blanks. %1</source>
        <translation>word2vec 格式无法表示空格。%1</translation>
    </message>
    <message>
        <source>The clean copy</source>
        <translation>干净副本</translation>
    </message>
    <message>
        <source>&amp;Format</source>
        <translation>格式(&amp;F)</translation>
    </message>
    <message>
        <source>The table holds the %1; the copy will too.</source>
        <translation>表中是%1；副本也一样。</translation>
    </message>
    <message>
        <source>Keep all rows</source>
        <translation>保留所有行</translation>
    </message>
    <message>
        <source>Keep the first row</source>
        <translation>保留首行</translation>
    </message>
    <message>
        <source>Keep the last row</source>
        <translation>保留末行</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Drop</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Make them zeros</source>
        <translation>变为全零</translation>
    </message>
    <message>
        <source>Replace blanks in tokens</source>
        <translation>替换词元中的空格</translation>
    </message>
    <message>
        <source>What stands for a blank</source>
        <translation>代替空格的字符</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>浏览(&amp;B)…</translation>
    </message>
    <message>
        <source>File to write</source>
        <translation>要写入的文件</translation>
    </message>
    <message>
        <source>Give the file a name.</source>
        <translation>请给文件取名。</translation>
    </message>
    <message>
        <source>Choose another folder: this one does not exist or cannot be written.</source>
        <translation>请选择别的文件夹：此文件夹不存在或无法写入。</translation>
    </message>
    <message>
        <source>This file exists. Saving replaces it.</source>
        <translation>此文件已存在。保存会替换它。</translation>
    </message>
    <message>
        <source>%1 (*%2)</source>
        <translation>%1 (*%2)</translation>
    </message>
    <message>
        <source>Save a Clean Copy</source>
        <translation>保存干净副本</translation>
    </message>
</context>
<context>
    <name>embedscope::RestLoader</name>
    <message>
        <source>Loading the rest of %1</source>
        <translation>正在加载 %1 的其余部分</translation>
    </message>
</context>
<context>
    <name>embedscope::ScreePlot</name>
    <message>
        <source>% of variance</source>
        <translation>方差占比（%）</translation>
    </message>
    <message>
        <source>Share of each principal component</source>
        <translation>各主成分所占的比例</translation>
    </message>
    <message>
        <source>PC %1: %2 % of the variance, %3 % with those before</source>
        <translation>PC %1：占方差 %2 %，连同之前的共 %3 %</translation>
    </message>
    <message>
        <source>Finding the components…</source>
        <translation>正在计算主成分…</translation>
    </message>
</context>
<context>
    <name>embedscope::SearchField</name>
    <message>
        <source>Find a token, a formula or a command</source>
        <translation>查找词元、公式或命令</translation>
    </message>
</context>
<context>
    <name>embedscope::SentenceProbe</name>
    <message>
        <source>Reading the sentence</source>
        <translation>正在读取句子</translation>
    </message>
</context>
<context>
    <name>embedscope::SentenceWords</name>
    <message>
        <source>Words of the sentence</source>
        <translation>句子中的词</translation>
    </message>
    <message>
        <source>Not in the vocabulary: %1</source>
        <translation>不在词表中：%1</translation>
    </message>
    <message>
        <source>Selects the word on the map.</source>
        <translation>在地图上选中这个词。</translation>
    </message>
    <message>
        <source>Not in the vocabulary: it counts as &lt;unk&gt;.</source>
        <translation>不在词表中：按 &lt;unk&gt; 计。</translation>
    </message>
</context>
<context>
    <name>embedscope::SessionKeeper</name>
    <message>
        <source>Writing %1</source>
        <translation>正在写入 %1</translation>
    </message>
    <message>
        <source>Opening %1</source>
        <translation>正在打开 %1</translation>
    </message>
</context>
<context>
    <name>embedscope::ShortcutsDialog</name>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Filter by command or key</source>
        <translation>按命令或按键筛选</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
</context>
<context>
    <name>embedscope::StartPage</name>
    <message>
        <source>Or drop a file anywhere in this window. Everything stays on this computer.</source>
        <translation>也可以把文件拖到窗口的任意位置。一切都留在这台电脑上。</translation>
    </message>
    <message>
        <source>See word vectors as a map, train a classifier on them and watch the table move, then take the weights into PyTorch.</source>
        <translation>以地图查看词向量，用它们训练分类器并看着表移动，再把权重带入 PyTorch。</translation>
    </message>
    <message>
        <source>Open &amp;Vectors…</source>
        <translation>打开向量(&amp;V)…</translation>
    </message>
    <message>
        <source>Open &amp;Text…</source>
        <translation>打开文本(&amp;T)…</translation>
    </message>
    <message>
        <source>Open labelled sentences to train a classifier on</source>
        <translation>打开用于训练分类器的带标签句子</translation>
    </message>
    <message>
        <source>Open the &amp;Sample</source>
        <translation>打开示例(&amp;S)</translation>
    </message>
    <message>
        <source>Open the sentences that come with Embedscope</source>
        <translation>打开 Embedscope 自带的句子</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Clear the list of recent files</source>
        <translation>清空最近文件列表</translation>
    </message>
    <message>
        <source>Forget these files; the files themselves stay</source>
        <translation>不再记住这些文件；文件本身不受影响</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>已不存在</translation>
    </message>
    <message>
        <source>Open a table of vectors: GloVe, word2vec, fastText, NumPy, PyTorch, safetensors, CSV</source>
        <translation>打开向量表：GloVe、word2vec、fastText、NumPy、PyTorch、safetensors、CSV</translation>
    </message>
</context>
<context>
    <name>embedscope::TokenDetails</name>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Row number in the table, from 0: the index that an embedding layer looks up.</source>
        <translation>表中的行号，从 0 开始：嵌入层查找时所用的索引。</translation>
    </message>
    <message>
        <source>Norm (L2)</source>
        <translation>范数 (L2)</translation>
    </message>
    <message>
        <source>Length of the vector, and the share of all rows that are at most as long.</source>
        <translation>向量的长度，以及长度不超过它的行所占的比例。</translation>
    </message>
    <message>
        <source>Selected token</source>
        <translation>选中的词元</translation>
    </message>
    <message>
        <source>Category of this token.</source>
        <translation>此词元的类别。</translation>
    </message>
    <message>
        <source>%1 · percentile %2</source>
        <translation>%1 · 第 %2 百分位</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Number of this token.</source>
        <translation>此词元的数值。</translation>
    </message>
</context>
<context>
    <name>embedscope::Tour</name>
    <message>
        <source>The table moved although it was frozen.</source>
        <translation>表已冻结却移动了。</translation>
    </message>
    <message>
        <source>Step &quot;%1&quot; did not come true in %2 seconds.</source>
        <translation>步骤“%1”在 %2 秒内没有完成。</translation>
    </message>
    <message>
        <source>%1: cannot be written</source>
        <translation>%1：无法写入</translation>
    </message>
</context>
<context>
    <name>embedscope::TrainingCurves</name>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Curves of loss and accuracy</source>
        <translation>损失和准确率曲线</translation>
    </message>
    <message>
        <source>No training run yet.</source>
        <translation>还没有训练运行。</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>损失 %1</translation>
    </message>
    <message>
        <source>accuracy %1</source>
        <translation>准确率 %1</translation>
    </message>
    <message>
        <source>train %1</source>
        <translation>训练 %1</translation>
    </message>
    <message>
        <source>validation %1</source>
        <translation>验证 %1</translation>
    </message>
    <message>
        <source>Start a training run to see loss and accuracy.</source>
        <translation>开始训练以查看损失和准确率。</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>step %1: %2</source>
        <translation>第 %1 步：%2</translation>
    </message>
    <message>
        <source>validation loss %1</source>
        <translation>验证损失 %1</translation>
    </message>
    <message>
        <source>validation after step %1: accuracy %2, loss %3</source>
        <translation>第 %1 步后的验证：准确率 %2，损失 %3</translation>
    </message>
    <message>
        <source>RMSE</source>
        <translation>RMSE</translation>
    </message>
    <message>
        <source>recall at 10</source>
        <translation>前 10 项召回率</translation>
    </message>
    <message>
        <source>RMSE %1</source>
        <translation>RMSE %1</translation>
    </message>
    <message>
        <source>held-out RMSE %1</source>
        <translation>留出 RMSE %1</translation>
    </message>
    <message>
        <source>recall %1</source>
        <translation>召回率 %1</translation>
    </message>
</context>
<context>
    <name>embedscope::TrainingPanel</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Live switches</source>
        <translation>实时开关</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>%1 steps a second</source>
        <translation>每秒 %1 步</translation>
    </message>
    <message>
        <source>Full speed</source>
        <translation>全速</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>节奏</translation>
    </message>
    <message>
        <source>How fast the run may go while you watch; what is learned does not depend on it.</source>
        <translation>观看时运行的速度；学到的内容与它无关。</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Recommender</source>
        <translation>推荐模型</translation>
    </message>
</context>
<context>
    <name>embedscope::TrainingRun</name>
    <message>
        <source>Preparing the training run</source>
        <translation>正在准备训练运行</translation>
    </message>
    <message>
        <source>Updating the table</source>
        <translation>正在更新表</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>正在写入 %1</translation>
    </message>
</context>
<context>
    <name>embedscope::TryPanel</name>
    <message>
        <source>Try a sentence</source>
        <translation>试一个句子</translation>
    </message>
    <message>
        <source>Type a sentence…</source>
        <translation>输入一个句子…</translation>
    </message>
    <message>
        <source>Sentence to try</source>
        <translation>要试的句子</translation>
    </message>
    <message>
        <source>Start a run; then the model says here what it takes your sentence for.</source>
        <translation>开始一次运行；之后模型会在这里说明它把您的句子判为哪一类。</translation>
    </message>
    <message numerus="yes">
        <source>The last %n word(s) are not read: the longest sentence is set to fewer.</source>
        <translation>
            <numerusform>最后 %n 个词没有读取：最长句子设得更短。</numerusform>
        </translation>
    </message>
    <message>
        <source>Probabilities after step %1.</source>
        <translation>第 %1 步后的概率。</translation>
    </message>
</context>
<context>
    <name>embedscope::TsneSection</name>
    <message>
        <source>Perplexity</source>
        <translation>困惑度</translation>
    </message>
    <message>
        <source>About how many neighbours each point listens to. Small values draw many small clumps, large ones the overall shape; cut where there are too few rows.</source>
        <translation>每个点大约顾及多少个近邻。值小时画出许多小团，值大时画出整体形状；行太少时自动降低。</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>度量</translation>
    </message>
    <message>
        <source>How far two vectors are apart.</source>
        <translation>两个向量相距多远。</translation>
    </message>
    <message>
        <source>Iterations</source>
        <translation>迭代次数</translation>
    </message>
    <message>
        <source>How long the points move, the early phase included. Too few, and clusters are not parted yet.</source>
        <translation>点移动多久，包括早期阶段。太少时各簇还没有分开。</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How far the points move in a step. Automatic is the number of points over the exaggeration.</source>
        <translation>点在一步中移动多远。自动：点数除以放大系数。</translation>
    </message>
    <message>
        <source>Early exaggeration</source>
        <translation>早期放大</translation>
    </message>
    <message>
        <source>How much stronger points attract each other at first, so that clusters find together.</source>
        <translation>开始时点之间的吸引加强多少倍，使各簇聚到一起。</translation>
    </message>
    <message>
        <source>Early iterations</source>
        <translation>早期迭代次数</translation>
    </message>
    <message>
        <source>How long that lasts.</source>
        <translation>上述阶段持续多久。</translation>
    </message>
    <message>
        <source>Late exaggeration</source>
        <translation>后期放大</translation>
    </message>
    <message>
        <source>The same after the early phase; above 1 clusters are drawn tighter together.</source>
        <translation>早期阶段之后的同一系数；大于 1 时各簇更紧密。</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>How much of the last step the next one keeps.</source>
        <translation>下一步保留上一步的多少。</translation>
    </message>
    <message>
        <source>Pull together by</source>
        <translation>聚拢依据</translation>
    </message>
    <message>
        <source>The column whose categories attract their own rows, where the pull below is not none. Such a map shows the labels too, not only the vectors.</source>
        <translation>下面的拉力不为“无”时，此列的每个类别会吸引属于它的行。这样的地图也反映标签，而不只是向量。</translation>
    </message>
    <message>
        <source>Pull of the labels</source>
        <translation>标签的拉力</translation>
    </message>
    <message>
        <source>How strongly points of one label attract each other: none to 1.</source>
        <translation>同一标签的点相互吸引多强：从无到 1。</translation>
    </message>
    <message>
        <source>Seed %1, learning rate %2.</source>
        <translation>种子 %1，学习率 %2。</translation>
    </message>
    <message>
        <source>Seed %1, learning rate automatic.</source>
        <translation>种子 %1，学习率自动。</translation>
    </message>
</context>
<context>
    <name>embedscope::UmapSection</name>
    <message>
        <source>Neighbours</source>
        <translation>近邻个数</translation>
    </message>
    <message>
        <source>How many neighbours make up a point&apos;s surroundings, itself included. Small values show detail, large ones the overall shape.</source>
        <translation>一个点的周围由多少个近邻构成，包括它自己。值小时显示细节，值大时显示整体形状。</translation>
    </message>
    <message>
        <source>Least distance</source>
        <translation>最小距离</translation>
    </message>
    <message>
        <source>How close points may lie on the map. Small values draw tight clumps; not above the spread.</source>
        <translation>地图上的点可以靠得多近。值小时画出紧密的团；不大于伸展度。</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>度量</translation>
    </message>
    <message>
        <source>How far two vectors are apart.</source>
        <translation>两个向量相距多远。</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Spread</source>
        <translation>伸展度</translation>
    </message>
    <message>
        <source>The scale of the map, by which the least distance is measured.</source>
        <translation>地图的尺度，最小距离以它衡量。</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>How long the points move. Automatic: 500 for up to 10,000 points, 200 for more.</source>
        <translation>点移动多久。自动：不超过 10,000 个点时为 500，更多时为 200。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How far the points move at first; it falls to 0.</source>
        <translation>点最初移动多远；逐渐降到 0。</translation>
    </message>
    <message>
        <source>Negative samples</source>
        <translation>负样本</translation>
    </message>
    <message>
        <source>How many chance points push a point away for each neighbour that attracts it.</source>
        <translation>每有一个近邻吸引某点，就有多少个随机点把它推开。</translation>
    </message>
    <message>
        <source>Repulsion</source>
        <translation>斥力</translation>
    </message>
    <message>
        <source>How strongly they do.</source>
        <translation>推开的力度。</translation>
    </message>
    <message>
        <source>Union</source>
        <translation>并集</translation>
    </message>
    <message>
        <source>1: a point is a neighbour where either of two says so; 0: only where both do.</source>
        <translation>1：两点中有一方认定即为近邻；0：双方都认定才算。</translation>
    </message>
    <message>
        <source>Local connectivity</source>
        <translation>局部连通性</translation>
    </message>
    <message>
        <source>How many nearest neighbours count as fully connected.</source>
        <translation>多少个最近的近邻算作完全相连。</translation>
    </message>
    <message>
        <source>Seed %1, %2 epochs.</source>
        <translation>种子 %1，%2 轮。</translation>
    </message>
    <message>
        <source>Seed %1, epochs automatic.</source>
        <translation>种子 %1，轮数自动。</translation>
    </message>
</context>
<context>
    <name>embedscope::VocabularyModel</name>
    <message>
        <source>Sorting the vocabulary</source>
        <translation>正在排序词表</translation>
    </message>
    <message>
        <source>%1: row %2, norm (L2) %3</source>
        <translation>%1：第 %2 行，范数 (L2) %3</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>The text of each row. Click to sort by it, upper and lower case alike.</source>
        <translation>每行的文字。点击按它排序，不分大小写。</translation>
    </message>
    <message>
        <source>Norm</source>
        <translation>范数</translation>
    </message>
    <message>
        <source>Length of each vector (L2 norm). The bar compares it with the longest one.</source>
        <translation>每个向量的长度（L2 范数）。横条与最长的相比。</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Row number in the table, from 0: the index that an embedding layer looks up.</source>
        <translation>表中的行号，从 0 开始：嵌入层查找时所用的索引。</translation>
    </message>
    <message>
        <source>Category &quot;%1&quot; of each token.</source>
        <translation>每个词元的类别“%1”。</translation>
    </message>
    <message>
        <source>Number &quot;%1&quot; of each token.</source>
        <translation>每个词元的数值“%1”。</translation>
    </message>
</context>
<context>
    <name>embedscope::VocabularyPanel</name>
    <message>
        <source>Filter...</source>
        <translation>筛选...</translation>
    </message>
    <message>
        <source>Filter the vocabulary</source>
        <translation>筛选词表</translation>
    </message>
    <message>
        <source>Shows the tokens that hold this text, upper and lower case alike, or the rows that fulfil a condition such as: norm &gt; 5</source>
        <translation>显示包含此文字的词元（不分大小写），或满足条件的行，例如：norm &gt; 5</translation>
    </message>
    <message>
        <source>Vocabulary</source>
        <translation>词表</translation>
    </message>
    <message>
        <source>%1 of %2 rows</source>
        <translation>%2 行中的 %1 行</translation>
    </message>
    <message>
        <source>No row fits &quot;%1&quot;. Press Esc to see all of them.</source>
        <translation>没有行符合“%1”。按 Esc 查看全部。</translation>
    </message>
    <message>
        <source>Open vectors or the sample to see their words here.</source>
        <translation>打开向量或示例以在此查看其中的词。</translation>
    </message>
    <message>
        <source>Only selected</source>
        <translation>仅选中的行</translation>
    </message>
    <message>
        <source>Lists the rows alone that were selected on the map.</source>
        <translation>只列出在地图上选中的行。</translation>
    </message>
</context>
<context>
    <name>embedscope::WindowFigures</name>
    <message>
        <source>&amp;Export Figure…</source>
        <translation>导出图(&amp;E)…</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Writes the map as it is seen: SVG or PDF with real text, or PNG.</source>
        <translation>按所见写出地图：带真正文字的 SVG 或 PDF，或 PNG。</translation>
    </message>
    <message>
        <source>Export &amp;Coordinates…</source>
        <translation>导出坐标(&amp;C)…</translation>
    </message>
    <message>
        <source>Writes where each token is on the map: CSV, TSV or NumPy.</source>
        <translation>写出每个词元在地图上的位置：CSV、TSV 或 NumPy。</translation>
    </message>
    <message>
        <source>Export Coordinates</source>
        <translation>导出坐标</translation>
    </message>
    <message>
        <source>Coordinates (*.csv *.tsv *.npy)</source>
        <translation>坐标 (*.csv *.tsv *.npy)</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>正在写入 %1</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>已写入：%1</translation>
    </message>
</context>
<context>
    <name>embedscope::WindowFiles</name>
    <message>
        <source>Open with Preview</source>
        <translation>打开并预览</translation>
    </message>
    <message>
        <source>Preview…</source>
        <translation>预览…</translation>
    </message>
    <message>
        <source>Loading was cancelled: only the first %1 rows of %2 are open.</source>
        <translation>加载已取消：%2 只打开了前 %1 行。</translation>
    </message>
    <message>
        <source>Load the Rest</source>
        <translation>加载其余的行</translation>
    </message>
    <message>
        <source>%1 The first %2 rows stay open.</source>
        <translation>%1前 %2 行仍然打开。</translation>
    </message>
    <message>
        <source>Training starts from the rows that are open (%1); the rest of %2 takes no part.</source>
        <translation>训练从已打开的行开始（%1）；%2 的其余部分不参与。</translation>
    </message>
    <message>
        <source>Load Report</source>
        <translation>加载报告</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>正在写入 %1</translation>
    </message>
    <message>
        <source>Clean copy written: %1. Rows left out: %2. Rows made zeros: %3. Tokens changed: %4.</source>
        <translation>干净副本已写入：%1。略去的行：%2。变为全零的行：%3。更改的词元：%4。</translation>
    </message>
</context>
<context>
    <name>embedscope::WindowMap</name>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>&amp;PCA</source>
        <translation>PCA(&amp;P)</translation>
    </message>
    <message>
        <source>Shows the principal components.</source>
        <translation>显示主成分。</translation>
    </message>
    <message>
        <source>&amp;t-SNE</source>
        <translation>t-SNE(&amp;T)</translation>
    </message>
    <message>
        <source>Shows the t-SNE map, or makes one.</source>
        <translation>显示 t-SNE 地图，没有时计算一个。</translation>
    </message>
    <message>
        <source>&amp;UMAP</source>
        <translation>UMAP(&amp;U)</translation>
    </message>
    <message>
        <source>Shows the UMAP map, or makes one.</source>
        <translation>显示 UMAP 地图，没有时计算一个。</translation>
    </message>
    <message>
        <source>&amp;Axes of Your Choice</source>
        <translation>自选轴(&amp;A)</translation>
    </message>
    <message>
        <source>Shows the map on axes from one word to another, a norm, a dimension or a column.</source>
        <translation>在自选的轴上显示地图：从一个词到另一个词、范数、某一维或某一列。</translation>
    </message>
    <message>
        <source>T&amp;hree Dimensions</source>
        <translation>三维(&amp;H)</translation>
    </message>
    <message>
        <source>Shows the map in space; t-SNE and UMAP are made anew.</source>
        <translation>在空间中显示地图；t-SNE 和 UMAP 会重新计算。</translation>
    </message>
    <message>
        <source>Map &amp;Settings</source>
        <translation>地图设置(&amp;S)</translation>
    </message>
    <message>
        <source>Shows or hides the settings of the map.</source>
        <translation>显示或隐藏地图的设置。</translation>
    </message>
    <message>
        <source>&amp;Run Map</source>
        <translation>运行地图(&amp;R)</translation>
    </message>
    <message>
        <source>Makes the t-SNE or UMAP map from the start, by its settings.</source>
        <translation>按设置从头计算 t-SNE 或 UMAP 地图。</translation>
    </message>
    <message>
        <source>P&amp;ause Map</source>
        <translation>暂停地图(&amp;A)</translation>
    </message>
    <message>
        <source>Holds the points where they are, or lets them move again.</source>
        <translation>让点停在当前位置，或让它们再次移动。</translation>
    </message>
    <message>
        <source>Stop &amp;Map</source>
        <translation>停止地图(&amp;M)</translation>
    </message>
    <message>
        <source>Ends the map that is being made and keeps it as it is now.</source>
        <translation>结束正在计算的地图，并保持它现在的样子。</translation>
    </message>
    <message>
        <source>&amp;Go On from Here</source>
        <translation>从此处接着运行(&amp;G)</translation>
    </message>
    <message>
        <source>Goes on from where the points are, by the settings as they are now.</source>
        <translation>按现在的设置，从点的当前位置接着运行。</translation>
    </message>
    <message>
        <source>S&amp;hake Map</source>
        <translation>抖动地图(&amp;H)</translation>
    </message>
    <message>
        <source>Moves every point a little at random and goes on.</source>
        <translation>把每个点随机移动一点，再接着运行。</translation>
    </message>
    <message>
        <source>Another S&amp;eed</source>
        <translation>换一个种子(&amp;E)</translation>
    </message>
    <message>
        <source>Makes the map from the start with another seed: what differs is chance.</source>
        <translation>用另一个种子从头计算地图：不同之处出于偶然。</translation>
    </message>
    <message>
        <source>Map &amp;Only the Chosen Rows</source>
        <translation>只为选中的行作地图(&amp;O)</translation>
    </message>
    <message>
        <source>Makes the map of the rows that are chosen, as if there were no others.</source>
        <translation>为选中的行作地图，如同没有其他行。</translation>
    </message>
    <message>
        <source>&amp;Back to All Rows</source>
        <translation>回到所有行(&amp;B)</translation>
    </message>
    <message>
        <source>Makes the map of all rows again.</source>
        <translation>重新为所有行作地图。</translation>
    </message>
    <message>
        <source>Place a &amp;Word or Formula…</source>
        <translation>放置词或公式(&amp;W)…</translation>
    </message>
    <message>
        <source>Shows where a word, a formula or the mean of a sentence lies on the map, which stays as it is.</source>
        <translation>显示一个词、一个公式或一个句子的均值位于地图上何处；地图保持不变。</translation>
    </message>
    <message>
        <source>Clear Placed Poi&amp;nts</source>
        <translation>清除放置的点(&amp;N)</translation>
    </message>
    <message>
        <source>Takes the points away that were placed on the map.</source>
        <translation>移除放置在地图上的点。</translation>
    </message>
    <message>
        <source>S&amp;how Classes</source>
        <translation>显示类别(&amp;H)</translation>
    </message>
    <message>
        <source>Hides or shows the classes that the colours of the map tell.</source>
        <translation>隐藏或显示地图颜色所表示的类别。</translation>
    </message>
    <message>
        <source>Show All &amp;Classes</source>
        <translation>显示所有类别(&amp;C)</translation>
    </message>
    <message>
        <source>Shows the classes that were hidden by the legend.</source>
        <translation>显示在图例中隐藏的类别。</translation>
    </message>
    <message>
        <source>&amp;Density Shading</source>
        <translation>密度底纹(&amp;D)</translation>
    </message>
    <message>
        <source>Shades the map by how densely its points lie, where many are in view.</source>
        <translation>视野中的点很多时，按点的疏密为地图加底纹。</translation>
    </message>
    <message>
        <source>S&amp;cree Plot</source>
        <translation>碎石图(&amp;C)</translation>
    </message>
    <message>
        <source>Shows which share of the variance each principal component has.</source>
        <translation>显示每个主成分所占的方差比例。</translation>
    </message>
    <message>
        <source>Remove &amp;Mean and Top Components…</source>
        <translation>去除均值和最大成分(&amp;M)…</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表</translation>
    </message>
    <message>
        <source>Opens a new table of the same rows, centred and without the largest principal components, which carry frequency more than meaning (&quot;all-but-the-top&quot;, Mu and Viswanath 2018).</source>
        <translation>打开一个行相同的新表，经中心化并去除最大的几个主成分，它们反映词频多于词义（“all-but-the-top”，Mu and Viswanath 2018）。</translation>
    </message>
    <message>
        <source>Remove Mean and Top Components</source>
        <translation>去除均值和最大成分</translation>
    </message>
    <message>
        <source>Largest principal components to remove, besides the mean.
Advised: dimensions / 100.</source>
        <translation>除均值外，要去除的最大主成分的个数。
建议：维数 / 100。</translation>
    </message>
    <message>
        <source>Removing components</source>
        <translation>正在去除成分</translation>
    </message>
    <message numerus="yes">
        <source>%1 without mean and %n component(s)</source>
        <translation>
            <numerusform>%1，去除均值和 %n 个成分</numerusform>
        </translation>
    </message>
    <message>
        <source>The open table is a new one: %1. It is in no file yet; the file it came from is as it was.</source>
        <translation>已打开的是新表：%1。它还没有存入任何文件；原来的文件保持不变。</translation>
    </message>
</context>
<context>
    <name>embedscope::WindowSelection</name>
    <message>
        <source>&amp;Move the Map</source>
        <translation>移动地图(&amp;M)</translation>
    </message>
    <message>
        <source>Dragging moves or turns the map.</source>
        <translation>拖动时移动或转动地图。</translation>
    </message>
    <message>
        <source>By &amp;Rectangle</source>
        <translation>矩形(&amp;R)</translation>
    </message>
    <message>
        <source>Dragging on the map selects the rows in a rectangle.</source>
        <translation>在地图上拖动时，选中矩形内的行。</translation>
    </message>
    <message>
        <source>By &amp;Lasso</source>
        <translation>套索(&amp;L)</translation>
    </message>
    <message>
        <source>Dragging on the map selects the rows one draws around.</source>
        <translation>在地图上拖动时，选中所圈住的行。</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>&amp;Add the Word</source>
        <translation>添加该词(&amp;A)</translation>
    </message>
    <message>
        <source>Adds the word that is shown to the selected rows, or takes it away.</source>
        <translation>把显示的词加入选中的行，或从中去掉。</translation>
    </message>
    <message>
        <source>Add Its &amp;Neighbours</source>
        <translation>添加其近邻(&amp;N)</translation>
    </message>
    <message>
        <source>Adds the neighbours that are listed for the word.</source>
        <translation>添加为该词列出的近邻。</translation>
    </message>
    <message>
        <source>Add the L&amp;isted Rows</source>
        <translation>添加列出的行(&amp;I)</translation>
    </message>
    <message>
        <source>Adds the rows that the vocabulary lists, by its filter.</source>
        <translation>添加词表按筛选列出的行。</translation>
    </message>
    <message>
        <source>In&amp;vert</source>
        <translation>反选(&amp;V)</translation>
    </message>
    <message>
        <source>Selects all rows that are not selected.</source>
        <translation>选中所有未选中的行。</translation>
    </message>
    <message>
        <source>&amp;Clear</source>
        <translation>清除(&amp;C)</translation>
    </message>
    <message>
        <source>Nothing is selected.</source>
        <translation>不再选中任何行。</translation>
    </message>
    <message>
        <source>C&amp;opy Tokens</source>
        <translation>复制词元(&amp;O)</translation>
    </message>
    <message>
        <source>Copies the tokens of the selected rows, one a line.</source>
        <translation>复制选中各行的词元，每个一行。</translation>
    </message>
    <message>
        <source>&amp;Export Selected Rows…</source>
        <translation>导出选中的行(&amp;E)…</translation>
    </message>
    <message>
        <source>Writes the selected rows as a table of their own.</source>
        <translation>把选中的行写成单独的表。</translation>
    </message>
</context>
</TS>
